"""Reconnaissance and sharing: hazards add up to 1 - exp(-h), storms ground what flies, contacts pass as far as camps agree."""

import math

import numpy as np
import pytest

from model.account.knowledge import known_share
from model.ledger import HOSTILE, Side
from model.rules import reconnaissance, sharing
from model.rules.human_sources import word_of_mouth
from model.rules.reconnaissance import NO_BOX, deviate, learn
from tests.rules.small_field import enclave, formation
from tests.rules.tribal_land import land

GOVERNMENT, IS, SDF = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE), int(Side.SDF)
MANY = 1000
CROWD = {"government": [formation((5, 10))], "islamic_state": [formation((30, 10), 100 * MANY, MANY)]}


@pytest.fixture(scope="module")
def crowd():
    """Return a campaign with a thousand units of the Islamic State far out of sight."""
    return land(CROWD, (0.5, 0.0, 0.3))


def learned(campaign, boxes=NO_BOX, drone_km=0.0, observer=GOVERNMENT):
    """Return the share of the enemy's units of which the observer learns in a day of evenly spread dice."""
    campaign.seen["turn"] = -1
    rows = np.flatnonzero(campaign.units["side"] == (IS if observer != IS else GOVERNMENT))
    dice = np.ones(campaign.rows)
    dice[rows] = (np.arange(rows.size) + 0.5) / rows.size
    dice = np.minimum(dice, 1.0 - 1e-12)
    learn(
        campaign.units, campaign.seen, HOSTILE, campaign.tribes.area, campaign.tribes.ears, boxes, drone_km, campaign.enemy_km,
        campaign.sight.postures, campaign.rules.intel.row, campaign.turn, campaign.theatre.width, dice,
    )  # fmt: skip
    return float((campaign.seen[observer]["turn"][rows] == campaign.turn).mean())


def box_over(campaign, side, row):
    width = campaign.theatre.width
    cell = int(campaign.units["cell"][row])
    return np.array([[side, cell // width, cell % width, 5]], dtype=np.int32)


def test_word_of_mouth_matches_its_hazard(crowd):
    humint = crowd.rules.intel.humint
    assert learned(crowd) == pytest.approx(1.0 - math.exp(-humint * 0.5), abs=1.5 / MANY)
    assert learned(crowd, observer=SDF) == pytest.approx(1.0 - math.exp(-humint * 0.3), abs=0.02)


def test_nobody_talks_to_those_he_hates(crowd):
    intel = crowd.rules.intel.row[0]
    assert word_of_mouth(-0.8, intel) == 0.0
    assert word_of_mouth(1.0, intel) == intel["humint"]


def test_aircraft_find_vehicles_sooner_and_add_to_what_people_say(crowd):
    intel, box = crowd.rules.intel, box_over(crowd, GOVERNMENT, 1)
    on_foot = learned(crowd, box)
    assert on_foot == pytest.approx(1.0 - math.exp(-intel.box_inf - 0.5 * intel.humint), abs=1.5 / MANY)
    crowd.units["tech"][1:] = 1
    assert learned(crowd, box) == pytest.approx(1.0 - math.exp(-intel.box_veh - 0.5 * intel.humint), abs=1.5 / MANY)
    assert learned(crowd, box, observer=SDF) == pytest.approx(1.0 - math.exp(-intel.humint * 0.3), abs=0.02)
    crowd.units["tech"][1:] = 0


def test_what_was_seen_this_turn_is_not_told_worse(crowd):
    learned(crowd)
    crowd.seen[GOVERNMENT]["turn"] = crowd.turn
    crowd.seen[GOVERNMENT]["men"] = 7.0
    learn(
        crowd.units, crowd.seen, HOSTILE, crowd.tribes.area, crowd.tribes.ears, NO_BOX, 0.0, crowd.enemy_km,
        crowd.sight.postures, crowd.rules.intel.row, crowd.turn, crowd.theatre.width, np.zeros(crowd.rows),
    )  # fmt: skip
    assert (crowd.seen[GOVERNMENT]["men"] == 7.0).all()


def test_what_people_say_of_strength_has_the_larger_error(crowd):
    learned(crowd)
    rows = np.flatnonzero((crowd.units["side"] == IS) & (crowd.seen[GOVERNMENT]["turn"] == crowd.turn))
    spread = np.log(crowd.seen[GOVERNMENT]["men"][rows] / crowd.units["men"][rows]).std()
    intel = crowd.rules.intel
    assert spread == pytest.approx(intel.intel_sigma * intel.humint_error, rel=0.1)


def test_the_deviate_is_normal():
    sample = np.array([deviate((k + 0.5) / 4000) for k in range(4000)])
    assert abs(sample.mean()) < 1e-9
    assert sample.std() == pytest.approx(1.0, abs=0.01)


def test_drones_see_as_far_as_they_fly_and_only_for_the_islamic_state(crowd):
    crowd.enemy_km[:] = 4.0
    intel = crowd.rules.intel
    men, posture = int(crowd.units["men"][0]), crowd.sight.postures[crowd.units["posture"][0]]
    hazard = intel.det_rate * math.sqrt(men / 100.0) * posture * (1.0 - 4.0 / 8.0)
    assert reconnaissance.droned(crowd.units[0], 4.0, 8.0, posture, intel.row[0]) == pytest.approx(hazard)
    assert reconnaissance.droned(crowd.units[0], 8.0, 8.0, posture, intel.row[0]) == 0.0
    assert learned(crowd, drone_km=8.0, observer=IS) == 1.0  # its die is one half
    crowd.enemy_km[:] = 9.0
    assert learned(crowd, drone_km=8.0, observer=IS) == 0.0


@pytest.mark.parametrize(("level", "passes"), [("none", 0.0), ("parallel", 0.2), ("coordinated", 0.6)])
def test_contacts_pass_as_far_as_the_camps_cooperate(level, passes):
    campaign = land(CROWD, patrons__cooperation=level)
    rows = np.flatnonzero(campaign.units["side"] == IS)
    campaign.turn = 4
    campaign.seen["turn"] = -1
    campaign.seen[SDF]["turn"][rows], campaign.seen[SDF]["men"][rows] = 3, 55.0
    sharing.share(campaign)
    known = campaign.seen[GOVERNMENT]["turn"][rows] == 3
    assert known.mean() == pytest.approx(passes, abs=0.05 if passes else 0.0)
    assert (campaign.seen[GOVERNMENT]["men"][rows][known] == 55.0).all()
    assert (campaign.seen[SDF]["turn"][rows] == 3).all()


def test_older_news_never_replaces_newer():
    campaign = land(CROWD, patrons__cooperation="coordinated")
    campaign.turn = 8
    campaign.seen[SDF]["turn"], campaign.seen[GOVERNMENT]["turn"] = 2, 6
    sharing.share(campaign)
    assert (campaign.seen[GOVERNMENT]["turn"] == 6).all()
    assert set(campaign.seen[SDF]["turn"][campaign.units["side"] == IS].tolist()) == {2, 6}


def test_the_share_of_groups_known():
    """Of two groups near the enclave one is held as a contact; a small one and a far one do not count."""
    forces = {
        "government": [formation((10, 10))],
        "islamic_state": [formation((14, 10), 100), formation((14, 14), 150), formation((6, 6), 60)],
    }
    campaign = land(forces, enclave=enclave(), holder=GOVERNMENT)
    campaign.seen["turn"] = -1
    assert known_share(campaign) == 0.0
    campaign.seen[GOVERNMENT]["turn"][1] = 0
    campaign.seen[GOVERNMENT]["cell"][1] = campaign.units["cell"][1]
    assert known_share(campaign) == 0.5
    campaign.seen[GOVERNMENT]["cell"][1] += 5
    assert known_share(campaign) == 0.0
    campaign.seen[GOVERNMENT]["cell"][1] -= 5
    campaign.turn += campaign.turns_per_day * 13
    assert known_share(campaign) == 0.0
    assert known_share(campaign, group_men=1000) == 1.0
