"""Nothing is made and nothing is lost, whatever the rules: wars under rules drawn at random, watched every turn."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.muster import muster
from model.configuration.loading import load
from model.ledger import SIDES
from model.subjects.enclave import Enclave
from tests.campaign.watching import GAINS, LOSSES, books
from tests.rules.small_field import airlift, cell, enclave, formation, scenario

RULES = load("skirmish").rules
DRAWN = sorted(
    f"{group}.{name}"
    for group, parameters in RULES.items()
    for name, one in parameters.items()
    if one.range and isinstance(one.value, int | float) and not isinstance(one.value, bool) and group != "time"
)
"""Every number that has a range, but those of time."""
KEPT = {"combat.wound_days"}
"""Rows of the hospital: a whole number of days."""


@st.composite
def drawn_rules(draw, many=5):
    """Draw values for some parameters from within their ranges."""
    names = draw(st.lists(st.sampled_from([n for n in DRAWN if n not in KEPT]), min_size=many, max_size=many, unique=True))
    changes = {}
    for name in names:
        group, parameter = name.split(".")
        one = RULES[group][parameter]
        low, high = one.range
        whole = isinstance(one.value, int)
        changes[name] = draw(st.integers(int(low), int(high)) if whole else st.floats(low, high))
    return changes


def under(situation, changes):
    """Return a scenario played by changed rules."""
    rules = {group: dict(parameters) for group, parameters in situation.rules.items()}
    for name, value in changes.items():
        group, parameter = name.split(".")
        if parameter in rules.get(group, {}):
            rules[group][parameter] = rules[group][parameter].model_copy(update={"value": value})
    return situation.model_copy(update={"rules": rules})


def stores(siege: Enclave) -> tuple[float, float]:
    """Return the tonnes of food and of ammunition that besieged men may draw on."""
    return siege.food, siege.ammo


class Ledger:
    """The books of one war, checked every turn."""

    def __init__(self, campaign):
        self.campaign = campaign
        self.start = campaign.units["men"].astype(np.int64)
        self.cells = int(campaign.theatre.cells)

    def turn(self):
        """Play a turn and check what must hold after it."""
        campaign, units = self.campaign, self.campaign.units
        campaign.step()
        assert not books(campaign, self.start).any()
        assert min(int(units[name].min()) for name in ("men", *LOSSES, *GAINS)) >= 0
        total = sum(int(units[name].sum()) for name in ("men", *LOSSES)) - sum(int(units[name].sum()) for name in GAINS)
        assert total == int(self.start.sum())
        assert (units["returned"] + campaign.hospital.sum(axis=0) <= units["wounded"]).all()
        by_side = np.bincount(campaign.layers.control, minlength=SIDES)
        assert by_side.sum() == self.cells
        for column in ("x", "sup", "fatigue", "ammo", "food", "ration", "cas_recent", "resolve"):
            assert np.isfinite(units[column]).all(), column
        if campaign.enclave is not None:
            self._siege(campaign.enclave)

    def _siege(self, siege):
        assert min(stores(siege)) >= -1e-9
        lift, rules = siege.lift, self.campaign.rules.drop
        found = (lift.recovered - rules.nml_half * lift.no_mans_land) / (1.0 - rules.pilfer)
        assert found + lift.no_mans_land + lift.enemy + lift.failed + lift.shelled == pytest.approx(
            lift.dropped, rel=1e-9, abs=1e-9
        )
        gone = siege.dead_hunger + siege.dead_fire + siege.dead_massacre + siege.dead_natural
        gone += siege.abducted - siege.freed + siege.left + siege.conscripted + siege.quarters.behind
        opened = self.campaign.situation.enclave.population.value
        assert siege.civilians + gone == pytest.approx(opened, rel=1e-9)


def kept(campaign, turns):
    """Play so many turns under watch."""
    ledger = Ledger(campaign)
    for _ in range(turns):
        if not campaign.over:
            ledger.turn()


QUICK = {"deadline": None, "suppress_health_check": list(HealthCheck), "derandomize": True}


@settings(max_examples=4, **QUICK)
@given(drawn_rules(), st.integers(1, 99))
def test_the_siege_keeps_its_books_under_any_rules(changes, seed):
    kept(muster(under(load("deir_ez_zor_2016"), changes), seed), 30)


@settings(max_examples=4, **QUICK)
@given(drawn_rules(), st.integers(1, 99))
def test_the_skirmish_keeps_its_books_under_any_rules(changes, seed):
    kept(muster(under(load("skirmish"), changes), seed), 120)


@pytest.mark.slow
@settings(max_examples=60, **QUICK)
@given(drawn_rules(), st.integers(1, 10_000), st.sampled_from(["deir_ez_zor_2016", "skirmish"]), st.sampled_from([6, 12]))
def test_wars_keep_their_books_under_any_rules_and_turns(changes, seed, name, turn_h):
    situation = under(load(name), changes).model_copy(update={"turn_h": turn_h})
    kept(muster(situation, seed), 120)


place = st.tuples(st.integers(3, 34), st.integers(3, 26))


@settings(max_examples=12, **QUICK)
@given(
    st.lists(st.tuples(place, st.integers(20, 500), st.integers(1, 4), st.integers(0, 3), place), min_size=2, max_size=6),
    drawn_rules(), st.integers(1, 999), st.sampled_from([6, 12]),
)  # fmt: skip
def test_any_small_war_keeps_its_books(formations, changes, seed, turn_h):
    half = len(formations) // 2
    sides = {
        "government": [formation(at, men, units, vehicles={"tanks": tanks}) for at, men, units, tanks, _ in formations[:half]],
        "islamic_state": [formation(at, men, units, vehicles={"technicals": n}) for at, men, units, n, _ in formations[half:]],
    }
    besieged = enclave(airlifts={"flight": airlift(food_share={"value": 0.7, "unit": "share", "basis": "made up"})})
    campaign = muster(under(scenario(sides, turn_h=turn_h, enclave=besieged), changes), seed)
    row = 0
    for _, _, units, _, goal in formations:
        for _ in range(units):
            campaign.send(row, cell(campaign, *goal), 2)
            row += 1
    kept(campaign, 24)


def test_ammunition_issued_is_what_the_stores_lose():
    """Besieged men draw what the stores lose, to a billionth; nothing else takes from them."""
    situation = scenario({"government": [formation((8, 15), 300, 3)]}, enclave=enclave(), drop__dz_r=1.0)
    campaign = muster(situation, 1)
    for _ in range(8):
        campaign.step()
    units, siege, rules = campaign.units, campaign.enclave, campaign.rules.supply
    mine = (units["alive"] == 1) & (units["besieged"] == 1) & (units["traced"] == 0)
    assert mine.any()
    siege.ammo = 0.01
    units["ammo"][mine] = 0.5
    from model.rules import supply

    before, held = siege.ammo, float((units["ammo"] * units["men"])[mine].sum())
    supply._issue_from_stores(campaign)
    issued = (float((units["ammo"] * units["men"])[mine].sum()) - held) * rules.ammo_def / 1000.0
    assert issued == pytest.approx(before - siege.ammo, rel=1e-9)
    assert issued > 0.0
