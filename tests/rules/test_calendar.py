"""Dated inputs: men, bridges, aircraft and bombs come on their day; the books stay balanced."""

import datetime as dt

import numpy as np
import pytest

from agents.muster import muster
from model.inputs import AirEffort, Bombing, CrossingChange, Operation, Reinforcement, Strength, Transfer, Withdrawal
from model.ledger import Order
from model.scenario import AirForce
from tests.rules.small_field import BASIS, START, formation, quantity, scenario


def on(day, last=None):
    return {"date": START + dt.timedelta(days=day), "basis": BASIS} | ({"until": START + dt.timedelta(days=last)} if last else {})


def days_of(inputs, count, forces=None, *, seed=1, **rest):
    """Play days of a small war with these inputs; return the campaign and the men in the field each evening."""
    wing = AirForce(
        name="wing", side="coalition", sorties=quantity(6, "1/day"), strikes_per_sortie=quantity(1, "number"),
        quality=quantity(1, "factor"), night=quantity(1, "share"), basis=BASIS,
    )  # fmt: skip
    situation = scenario(forces or {"government": [formation((8, 15), 200, units=2)]}, inputs=inputs, **rest)
    campaign = muster(situation.model_copy(update={"air_forces": {"coalition_air": wing}}), seed)
    men = []
    for _ in range(4 * count):
        campaign.step()
        if campaign.morning:
            men.append(int(campaign.units["men"].sum()))
    return campaign, men


def test_men_arrive_on_their_day_as_units_of_their_own():
    arrival = Reinforcement(kind="reinforcement", force="government", place="crossroads", men=150, units=3, **on(2))
    campaign, men = days_of({"arrival": arrival}, 4)
    assert men == [200, 200, 350, 350]
    assert campaign.units["joined"].sum() == 150
    assert campaign.rows == 5
    assert set(campaign.units["cell"][2:5]) == {campaign.cell_of_place("crossroads")}


def test_a_stream_of_arrivals_comes_to_its_total():
    stream = Reinforcement(kind="reinforcement", force="government", place="crossroads", men=333, units=6, **on(1, 10))
    _, men = days_of({"stream": stream}, 12)
    assert men[-1] == 200 + 333
    assert len(set(men)) > 4


def test_arrivals_may_fill_up_a_formation():
    fill = Reinforcement(kind="reinforcement", force="government", place="west_camp", men=31, formation="f0", **on(1))
    campaign, men = days_of({"fill": fill}, 3)
    assert men == [200, 231, 231]
    assert campaign.units["men"][:2].tolist() == [116, 115]
    assert campaign.units["men0"][:2].tolist() == [116, 115]


def test_men_withdraw_in_proportion():
    away = Withdrawal(kind="withdrawal", force="government", formations={"f0": 101}, **on(1))
    campaign, men = days_of({"away": away}, 3)
    assert men == [200, 99, 99]
    assert sorted(campaign.units["left"][:2].tolist()) == [50, 51]


def test_no_more_withdraw_than_there_are():
    away = Withdrawal(kind="withdrawal", force="government", sectors=("field",), men=5000, **on(1))
    campaign, men = days_of({"away": away}, 3)
    assert men[-1] == 0
    assert not campaign.units["alive"].any()


def test_a_force_is_brought_up_to_its_strength_and_no_further():
    bring_up = Strength(kind="strength", force="government", place="west_camp", men=500, units=5, near_km=10, **on(1))
    enough = Strength(kind="strength", force="government", place="west_camp", men=480, units=5, near_km=10, **on(2))
    _, men = days_of({"bring_up": bring_up, "enough": enough}, 4)
    assert men == [200, 500, 500, 500]


@pytest.mark.parametrize(("obeyed", "first", "last"), [(1.0, 150, 500), (0.0, 200, 550), (0.5, 175, 525)])
def test_men_who_were_kept_come_on_top_of_a_dated_strength(obeyed, first, last):
    away = Withdrawal(kind="withdrawal", force="government", formations={"f0": 50}, **on(1))
    never = Withdrawal(kind="withdrawal", force="government", formations={"f0": 40}, p=0.0, **on(1))
    later = Withdrawal(kind="withdrawal", force="government", formations={"f0": 30}, **on(9))
    bring_up = Strength(kind="strength", force="government", place="west_camp", men=500, units=5, near_km=10, **on(3))
    inputs = {"away": away, "never": never, "later": later, "bring_up": bring_up}
    _, men = days_of(inputs, 5, patrons__rp_withdraw=obeyed, army__call_rate=0.0, army__of_break=0.0)
    assert (men[1], men[-1]) == (first, last)


def test_whole_units_are_sent_to_another_sector():
    far = formation((30, 15), 100, units=1).model_copy(update={"sector": "far"})
    send = Transfer(kind="transfer", force="government", sources={"field": 100}, to_sector="far", **on(1, 2))
    campaign, men = days_of({"send": send}, 6, {"government": [formation((8, 15), 200, units=2), far]})
    far_number = campaign.sector_index["government", "far"]
    assert men[-1] == 300
    assert np.count_nonzero(campaign.units["sector"][:3] == far_number) == 2


def test_a_bridge_falls_on_its_day():
    strike = CrossingChange(kind="crossing", crossing="bridge", state="destroyed", **on(1))
    repair = CrossingChange(kind="crossing", crossing="old_bridge", state="intact", **on(3))
    forces = {"government": [formation((3, 9), 60, on="proving_ground")]}
    campaign, _ = days_of({"strike": strike, "repair": repair}, 1, forces, on="proving_ground")
    assert campaign.intact.tolist() == [True, False]
    campaign, _ = days_of({"strike": strike, "repair": repair}, 4, forces, on="proving_ground")
    assert campaign.intact.tolist() == [False, True]


def test_air_effort_lasts_as_long_as_it_says():
    less = AirEffort(kind="air_effort", air_force="coalition_air", factor=0.5, **on(1, 2))
    fixed = AirEffort(kind="air_effort", air_force="coalition_air", sorties=20, **on(2))
    flown = []
    for day in range(4):
        campaign, _ = days_of({"less": less, "fixed": fixed}, day)
        campaign.step()
        flown.append(campaign.wing("coalition_air").strikes_today)
    assert flown == [6.0, 3.0, 10.0, 6.0]


def test_bombs_meant_for_others_fall_on_the_nearest():
    bomb = Bombing(kind="bombing", air_force="coalition_air", place="west_camp", strikes=6, on="government", within_km=5, **on(1))
    campaign, _ = days_of({"bomb": bomb}, 2, {"government": [formation((8, 15), 400, units=4), formation((30, 15), 100)]})
    assert campaign.units["killed"][:4].sum() > 0
    assert campaign.units["killed"][4] == 0


def test_an_operation_stands_while_it_lasts():
    ordered = Operation(kind="operation", force="government", axis="field", objective="crossroads", effort=0.5, **on(1))
    campaign, _ = days_of({"ordered": ordered}, 1)
    campaign.step()
    assert campaign.operations == {("government", "field"): ("crossroads", 0.5)}
    for _ in range(4):
        campaign.step()
    assert campaign.operations == {}
    assert campaign.units["order"][0] == Order.HOLD  # no doctrine, no march


@pytest.mark.parametrize(("p", "comes"), [(0.0, False), (1.0, True)])
def test_what_may_happen_is_drawn_once(p, comes):
    maybe = Withdrawal(kind="withdrawal", force="government", formations={"f0": 50}, p=p, **on(1))
    _, men = days_of({"maybe": maybe}, 3)
    assert (men[-1] == 150) == comes


def test_chance_decides_between_runs():
    maybe = Withdrawal(kind="withdrawal", force="government", formations={"f0": 50}, p=0.5, **on(0))
    came = [days_of({"maybe": maybe}, 1, seed=seed)[1][-1] == 150 for seed in range(24)]
    assert 5 <= sum(came) <= 19
