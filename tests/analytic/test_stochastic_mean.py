"""The law with its dice (gamma lethality, Poisson casualties) against the law without, over thousands of battles."""

import numpy as np
import pytest

from agents.muster import muster
from model.ledger import Order
from model.rules import attrition, battle_groups, movement
from model.rules.exchange import exchange
from tests.analytic.arena import CALM, Always, Middling
from tests.rules.small_field import cell, formation, scenario

BATTLES, TURNS = 2_000, 4
BLUE, RED = 600, 450


def field(units=1, **settings):
    """Return a war of one battle: blue attacks red across a cell's edge, and nobody moves or gives ground."""
    sides = {
        "government": [formation((15, 15), BLUE, units, vehicles={"tanks": 6})],
        "islamic_state": [formation((16, 15), RED)],
    }
    campaign = muster(scenario(sides, **CALM | {"move__adv_desert": 0.0} | settings), 1)
    for row in range(units):
        campaign.send(row, cell(campaign, 16, 15), Order.ATTACK)
    movement.find_routes(campaign)
    return campaign


def losses(campaign, battles, turns=TURNS):
    """Return the losses (blue, red) of so many battles of a few turns, through the kernels that the game runs."""
    start, blue = campaign.units.copy(), campaign.units["side"] == 1
    out = np.zeros((battles, 2))
    for lost in out:
        campaign.units[:] = start
        for _ in range(turns):
            campaign.layers.occupy(campaign.units)
            battle_groups.form(campaign)
            attrition.fight(campaign)
        gone = start["men"] - campaign.units["men"]
        lost[:] = gone[blue].sum(), gone[~blue].sum()
    return out


def expected(campaign, turns=TURNS):
    """Return the losses by the equation: powers written out from the rulebook, no dice (ask before the first battle)."""
    units, combat, tables = campaign.units, campaign.rules.combat, campaign.tables
    ground = campaign.theatre.ground[cell(campaign, 16, 15)]
    a, d = float(BLUE), float(RED)
    for _ in range(turns):
        tanks = units["tank"][units["side"] == 1].sum() * a / BLUE
        power_a = (a * tables.rifle[ground] + tanks * combat.w_tank * tables.tank[ground]) * combat.arms_bonus
        power_a *= combat.cev_rg * min(1.0, combat.frontage / a) * tables.defence[units["posture"][0]]
        power_d = d * tables.rifle[ground] * combat.cev_is_assault
        power_d *= tables.defence[units["posture"][units["side"] == 2][0]] * tables.ground_defence[ground]
        k = combat.attr_k * tables.ground_losses[ground]
        open_a, open_d = (tables.exposure[units["posture"][units["side"] == side][0]] for side in (1, 2))
        men_in = min(a, combat.frontage)
        lost = exchange(men_in, d, power_a, power_d, k * open_a, k * open_d, combat.attr_W, 0.25, 1 / 24)
        a, d = a - lost[0], d - lost[1]
    return np.array([BLUE - a, RED - d])


@pytest.mark.parametrize("shape", [4.0, 1e6])
def test_the_mean_of_two_thousand_battles_is_the_equations(shape):
    campaign = field(combat__od_shape=shape, combat__veh_loss_open=1.0, combat__frontage=1e6)
    equation = expected(campaign)
    told = losses(campaign, BATTLES)
    error = told.std(axis=0, ddof=1) / np.sqrt(BATTLES)
    assert (np.abs(told.mean(axis=0) - equation) < 3.0 * error).all()
    assert (told.mean(axis=0) > 30).all()


def test_chance_spreads_losses_as_gamma_and_poisson_do():
    """Var = mean + mean² / shape for one turn of one battle."""
    shape = 3.0
    told = losses(field(combat__od_shape=shape), BATTLES, turns=1)
    mean, variance = told.mean(axis=0), told.var(axis=0, ddof=1)
    assert variance == pytest.approx(mean + mean**2 / shape, rel=0.2)


def test_six_hundred_men_lose_the_same_as_one_unit_and_as_six():
    one, six = (field(units, combat__od_shape=1e6) for units in (1, 6))
    for campaign in (one, six):
        campaign.layers.occupy(campaign.units)
        battle_groups.form(campaign)
        attrition.fight(campaign)
    whole, split = one.report[0], six.report[0]
    assert (one.battles, six.battles) == (1, 1)
    assert split["expected_attack"] == pytest.approx(whole["expected_attack"], rel=1e-12)
    assert split["expected_defend"] == pytest.approx(whole["expected_defend"], rel=1e-12)
    told = [losses(field(units, combat__od_shape=1e6), 400).mean(axis=0) for units in (1, 6)]
    assert told[1] == pytest.approx(told[0], rel=0.03)


def test_splitting_changes_nothing_without_chance():
    told = []
    for units in (1, 6):
        campaign = field(units)
        campaign.chance._streams["fire"] = Always(Middling())
        told.append(losses(campaign, 1)[0])
    assert told[1] == pytest.approx(told[0], rel=0.03)
