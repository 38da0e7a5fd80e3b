"""A campaign is a Mesa model, its units are Mesa agents; nothing of Mesa is a show."""

import gc
import weakref

import mesa
import numpy as np
import pytest
from mesa import DataCollector
from mesa.batchrunner import batch_run

from agents.commander import Commander
from agents.muster import COMMANDERS, campaign, open_campaign
from agents.place import Place
from agents.unit import Unit

GOVERNMENT = 1


@pytest.fixture
def skirmish():
    return open_campaign("skirmish", (), 1)


def men_by_force(model):
    """Return the men in the field of every force, counted over its agents."""
    faces = model.agents_by_type[Unit].select(lambda face: face.alive)
    return {
        force: faces.select(lambda face, i=index: face.force == i).agg("men", sum) for force, index in model.force_index.items()
    }


def measured(**settings):
    """Return a campaign that collects at every step, as a notebook would want it."""
    model = campaign(**settings)
    model.datacollector = DataCollector(
        model_reporters={"men": lambda m: sum(men_by_force(m).values()), "area": lambda m: float(m.area_km2[GOVERNMENT])}
    )
    step = model.step

    def step_and_collect():
        step()
        model.datacollector.collect(model)

    model.step = step_and_collect
    return model


def test_it_is_a_mesa_model_that_steps(skirmish):
    assert isinstance(skirmish, mesa.Model)
    assert skirmish.running
    for _ in range(5):
        skirmish.step()
    assert skirmish.turn == skirmish.steps == 5


def test_it_stops_running_at_its_end(skirmish):
    while skirmish.running:
        skirmish.step()
    assert skirmish.over
    assert skirmish.turn == skirmish.turns_planned == 60


def test_every_unit_place_and_commander_is_an_agent(skirmish):
    types = skirmish.agents_by_type
    assert len(types[Unit]) == skirmish.rows
    assert len(types[Place]) == len(skirmish.place_cells)
    commanders = [agent for kind, agents in types.items() if issubclass(kind, Commander) for agent in agents]
    assert sorted(c.name for c in commanders) == sorted(c.name for c in skirmish.commanders)
    assert {c.name for c in commanders} <= set(COMMANDERS)
    assert len({agent.unique_id for agent in skirmish.agents}) == len(skirmish.agents)


def test_an_agent_set_can_be_asked(skirmish):
    units = skirmish.agents_by_type[Unit]
    government = units.select(lambda face: face.side == GOVERNMENT)
    ledger = skirmish.units[skirmish.units["side"] == GOVERNMENT]
    assert 0 < len(government) < len(units)
    assert government.agg("men", sum) == int(ledger["men"].sum())
    assert units.agg("tank", max) == int(skirmish.units["tank"].max())
    assert sum(len(group) for _, group in units.groupby("force")) == len(units)


def test_a_face_reads_and_writes_the_ledger(skirmish):
    face = next(iter(skirmish.agents_by_type[Unit]))
    assert face.men == skirmish.units["men"][face.row]
    face.men -= 7
    face.resolve = 0.25
    assert skirmish.units["men"][face.row] == face.men
    assert skirmish.units["resolve"][face.row] == 0.25
    skirmish.units["cell"][face.row] = 99
    assert face.cell == 99
    assert face.name == skirmish.name_of(face.row)
    assert isinstance(face.men, int)


def test_every_column_of_a_face_is_one_of_the_ledger(skirmish):
    face = next(iter(skirmish.agents_by_type[Unit]))
    for name in vars(Unit):
        if type(vars(Unit)[name]).__name__ == "Column":
            assert getattr(face, name) == skirmish.units[name][face.row]


def test_units_that_arrive_later_get_a_face():
    siege = open_campaign("deir_ez_zor_2016", (), 1)
    first = siege.rows
    siege.arrive_from_outside("islamic_state", next(s for side, s in siege.sector_index if side == "islamic_state"), 300)
    assert siege.rows > first
    assert len(siege.agents_by_type[Unit]) == siege.rows


def test_a_place_knows_its_holder(skirmish):
    place = next(p for p in skirmish.agents_by_type[Place] if p.id == "dez_airport")
    assert place.holder == GOVERNMENT
    skirmish.layers.control[place.cell] = 2
    assert place.holder == 2


def test_a_data_collector_sees_the_war():
    model = measured(scenario="skirmish", seed=1)
    collector = DataCollector(model_reporters={"men": men_by_force}, agenttype_reporters={Unit: {"men": "men"}})
    for _ in range(6):
        model.step()
        collector.collect(model)
    table = collector.get_model_vars_dataframe()
    assert len(table) == 6
    alive = model.units["alive"] == 1
    now = {force: int(model.units["men"][alive & (model.units["force"] == i)].sum()) for force, i in model.force_index.items()}
    assert table["men"].iloc[-1] == now
    assert collector.get_agenttype_vars_dataframe(Unit).loc[6]["men"].sum() == model.units["men"].sum()


def test_mesas_batch_run_sweeps_a_rule():
    gap = "rules__islamic_state__raid_gap"
    choices = {"scenario": "skirmish", "seed": [1, 2], gap: [10, 14]}
    rows = batch_run(measured, choices, number_processes=1, max_steps=12, display_progress=False)
    assert [(row["seed"], row[gap]) for row in rows] == [(1, 10), (1, 14), (2, 10), (2, 14)]
    assert all(row["Step"] == 12 and row["men"] > 3000 and row["area"] > 100 for row in rows)
    assert rows[0]["men"] != rows[2]["men"]


def test_mesas_batch_run_takes_the_muster_itself():
    rows = batch_run(campaign, {"scenario": "skirmish", "seed": [1, 2]}, max_steps=4, display_progress=False)
    assert [(row["seed"], row["Step"]) for row in rows] == [(1, 4), (2, 4)]


def test_a_batch_run_is_the_command_lines_run():
    swept = campaign("skirmish", seed=4, rules__combat__attr_k=0.15)
    typed = open_campaign("skirmish", ("rules.combat.attr_k=0.15",), 4)
    for model in (swept, typed):
        for _ in range(6):
            model.step()
    assert swept.digest() == typed.digest()
    assert swept.rules.combat.attr_k == 0.15


def test_the_seed_may_be_called_rng():
    assert campaign("skirmish", rng=7).seed == campaign("skirmish", seed=7).seed == 7


def test_dead_campaigns_are_forgotten():
    """Mesa counts ids in a dictionary keyed by the model; it must not keep the war alive."""
    dead = []
    for seed in range(20):
        model = open_campaign("skirmish", (), seed)
        model.step()
        dead.append(weakref.ref(model))
        del model
    gc.collect()
    assert [ref() for ref in dead] == [None] * 20


def test_mesas_own_chance_is_not_used(skirmish):
    before = skirmish.rng.bit_generator.state
    for _ in range(8):
        skirmish.step()
    assert skirmish.rng.bit_generator.state == before
    assert np.isfinite(skirmish.units["resolve"]).all()
