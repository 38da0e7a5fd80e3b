"""Clear the road: a place that the enemy holds on it is retaken by the column itself, however far, if nobody nearer suffices."""

import importlib

import numpy as np
import pytest

from agents.muster import muster
from agents.staff.march import March
from model.ledger import Order, Side
from model.scenario import Axis, Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario

ROAD = importlib.import_module("agents.tactics.clear_the_road")
BASE, NEST = (4, 10), (16, 10)
AXIS = Axis(start="west_camp", objective="east_camp", sectors=("field",), effort=1.0)


def column(*, held, men=600, enemies=60, **settings):
    """Return the commander of a column that has come 20 km; enemies stand on the road 12 km ahead of his men."""
    doctrine = Doctrine(
        commander="relief_column",
        tactics=("clear_the_road",),
        axes={"road": AXIS},
        settings={"p_win": 0.6} | settings,
        basis=BASIS,
    )
    forces = {"government": [formation(BASE, men, units=3)], "islamic_state": [formation(NEST, enemies)]}
    field = scenario(forces)
    forces = field.forces | {"government": field.forces["government"].model_copy(update={"command": "relief_column"})}
    campaign = muster(field.model_copy(update={"doctrine": {"relief_column": doctrine}, "forces": forces}), 1)
    road = [cell(campaign, BASE[0] + k, BASE[1]) for k in range(20)]
    campaign.layers.control[road] = Side.GOVERNMENT
    if held:
        campaign.layers.control[cell(campaign, *NEST)] = Side.ISLAMIC_STATE
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][3], seen["cell"][3], seen["men"][3] = campaign.turn, campaign.units["cell"][3], float(enemies)
    one = campaign.commanders[0]
    one.memory["marches"] = {"road": March(road, [float(k) for k in range(20)], head=19)}
    one.look()
    return one


def sent(one):
    """Let him clear the road; return the men who attack the nest."""
    one.follow("clear_the_road")
    units = one.campaign.units
    goes = (units["order"] == Order.ATTACK) & (units["goal"] == cell(one.campaign, *NEST)) & (units["side"] == Side.GOVERNMENT)
    return int(units["men"][goes].sum()), units["until"][np.flatnonzero(goes)]


@pytest.mark.parametrize(
    ("reach", "held", "goes"), [(45.0, True, True), (45.0, False, True), (4.0, True, True), (4.0, False, False)]
)
def test_only_for_a_place_that_is_held_does_the_column_turn_round(monkeypatch, reach, held, goes):
    monkeypatch.setattr(ROAD, "FROM_KM", reach)
    one = column(held=held)
    men, until = sent(one)
    assert (men > 0) == goes
    days = ROAD.FIGHTS_DAYS + (1 if reach > 12.0 else 3)  # 12 km, and a day for each `FROM_KM` of them
    assert (until == one.campaign.turn + days * one.campaign.turns_per_day).all()


@pytest.mark.parametrize("changes", [{"enemies": 900}, {"garrison": 600}])
def test_nobody_turns_round_who_is_too_weak_or_needed_where_he_is(monkeypatch, changes):
    monkeypatch.setattr(ROAD, "FROM_KM", 4.0)
    assert sent(column(held=True, **changes))[0] == 0
