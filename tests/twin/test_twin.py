"""The compiled laws of movement and attrition against an ordinary Mesa model of the same laws."""

import numpy as np
import pytest

from model.chance import Chance
from model.ledger import Order
from model.rules import attrition, battle_groups, movement
from tests.rules.small_field import cell, formation, war
from tests.twin.ordinary import OrdinaryWar


def war_at_random(seed, mode):
    """Return a war on the open field: ten units a side, all ordered to attack across it."""
    at = Chance(seed)["places"].integers(3, 27, (20, 2)).tolist()
    kind = {"foot": "infantry", "wheels": "motorised", "tracks": "mechanised"}[mode]
    sides = {
        "government": [formation(tuple(xy), 40 + 7 * k, kind=kind, vehicles={"tanks": k % 3}) for k, xy in enumerate(at[:10])],
        "islamic_state": [formation(tuple(xy), 45 + 7 * k, kind=kind) for k, xy in enumerate(at[10:])],
    }
    campaign = war(sides, seed, intel__humint=0.0)
    goals = Chance(seed)["goals"].integers(3, 27, (20, 2)).tolist()
    for row, goal in enumerate(goals):
        campaign.send(row, cell(campaign, *goal), Order.ATTACK)
    return campaign


@pytest.mark.parametrize("mode", ["foot", "wheels", "tracks"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_both_march_the_same_way(seed, mode):
    campaign = war_at_random(seed, mode)
    movement.find_routes(campaign)
    twin = OrdinaryWar(campaign)
    for _ in range(10):
        movement.march(campaign)
        twin.march()
        assert [f.cell for f in twin.fighters] == campaign.units["cell"][:20].tolist()
        assert [f.x for f in twin.fighters] == pytest.approx(campaign.units["x"][:20].tolist())
        campaign.turn += 1
        campaign.zones = campaign._zones[1 if campaign.night else 0]


@pytest.mark.parametrize("seed", range(1, 7))
def test_both_expect_the_same_losses(seed):
    """Losses are compared before chance: with lethality 1 the group's expectation is what both laws say."""
    campaign = war_at_random(seed, "wheels")
    movement.find_routes(campaign)
    battles = 0
    for _ in range(12):
        movement.march(campaign)
        battle_groups.form(campaign)
        twin = OrdinaryWar(campaign)
        expected = twin.fight()
        campaign.report["cell"] = -1
        attrition.fight(campaign)
        fought = {int(b["cell"]): b for b in campaign.report[: campaign.battles] if b["attack_men"] > 0 and b["defend_men"] > 0}
        assert set(fought) == set(expected)
        for where, (loss_a, loss_d) in expected.items():
            battles += 1
            assert fought[where]["expected_attack"] == pytest.approx(loss_a, rel=1e-9)
            assert fought[where]["expected_defend"] == pytest.approx(loss_d, rel=1e-9)
        campaign.turn += 1
        campaign.zones = campaign._zones[1 if campaign.night else 0]
    assert battles > 3


def test_the_twin_is_an_ordinary_mesa_model():
    twin = OrdinaryWar(war_at_random(1, "foot"))
    assert len(twin.agents) == 20
    assert np.isfinite([f.cev for f in twin.fighters]).all()
