"""Vehicles are lost to the other side's missiles, never to one's own."""

import pytest

from model.ledger import Ground
from model.rules.attrition import vehicles_lost
from tests.rules.small_field import attack, formation, war

IN_OPEN, IN_TOWN = 0.5, 1.5


@pytest.mark.parametrize(
    ("ground", "missiles", "vehicles", "share"),
    [
        (Ground.URBAN, 0, 8, IN_TOWN),
        (Ground.DESERT, 0, 8, IN_OPEN),
        (Ground.DESERT, 2, 8, IN_OPEN + (IN_TOWN - IN_OPEN) / 4),
        (Ground.DESERT, 9, 8, IN_TOWN),
        (Ground.DESERT, 3, 0, IN_TOWN),
    ],
)
def test_each_missile_post_brings_one_vehicle_to_what_it_would_be_in_streets(ground, missiles, vehicles, share):
    assert vehicles_lost(ground, missiles, vehicles, IN_OPEN, IN_TOWN) == pytest.approx(share)


def lost(attackers_missiles, defenders_missiles, seeds=12):
    """Return the pickups that attackers and defenders lose for each man hurt in a day's battle in the open, over some seeds."""
    gone, hurt = [0, 0], [0, 0]
    for seed in range(seeds):
        ours = formation((8, 8), 400, 1, vehicles={"technicals": 400, "atgm": attackers_missiles})
        theirs = formation((9, 8), 400, 1, vehicles={"technicals": 400, "atgm": defenders_missiles})
        campaign = war({"government": [ours], "islamic_state": [theirs]}, seed)
        attack(campaign, 0, 9, 8)
        for _ in range(4):
            campaign.step()
        units = campaign.units
        for row in (0, 1):
            gone[row] += 400 - int(units["tech"][row])
            hurt[row] += int(units["killed"][row] + units["wounded"][row])
    return gone[0] / hurt[0], gone[1] / hurt[1]


def test_nobody_loses_vehicles_to_his_own_missiles():
    neither, own, the_enemys = lost(0, 0), lost(0, 400), lost(400, 0)
    assert own[1] == pytest.approx(neither[1], rel=0.15)
    assert the_enemys[0] == pytest.approx(neither[0], rel=0.15)
    assert own[0] > 1.8 * neither[0]
    assert the_enemys[1] > 1.8 * neither[1]
