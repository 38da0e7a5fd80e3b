"""What a commander cannot know: that whom he saw has been destroyed elsewhere, and where enemy aircraft were told to fly."""

import numpy as np

from agents.muster import muster, open_campaign
from agents.picture import contacts_of
from agents.staff.targets import air_absent
from model.ledger import Side
from model.rules.air import Tasking
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, cell, formation, scenario


def field():
    """Return a field on which each side has a unit, and the army has seen the enemy a day ago."""
    doctrine = {"army": Doctrine(commander="army", tactics=("return_to_post",), basis=BASIS)}
    forces = {"government": [formation((5, 5), 50)], "islamic_state": [formation((20, 20), 80)]}
    campaign = muster(scenario(forces).model_copy(update={"doctrine": doctrine}), 1)
    campaign.turn = campaign.turns_per_day
    seen = campaign.seen[Side.GOVERNMENT]
    seen["turn"][1], seen["cell"][1], seen["men"][1] = 0, campaign.units["cell"][1], 80.0
    return campaign


def test_who_was_destroyed_is_believed_where_he_was_seen_until_the_memory_fades():
    campaign = field()
    alive = contacts_of(campaign, Side.GOVERNMENT)
    campaign.units["alive"][1] = 0
    campaign.units["men"][1] = 0
    dead = contacts_of(campaign, Side.GOVERNMENT)
    assert alive.row.tolist() == dead.row.tolist() == [1]
    assert np.array_equal(alive.men, dead.men)
    campaign.turn += int(3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day) + 1
    assert contacts_of(campaign, Side.GOVERNMENT).row.size == 0


def test_nobody_is_believed_where_own_men_stand():
    campaign = field()
    campaign.units["cell"][0] = campaign.units["cell"][1]
    campaign.units["cell"][1] = cell(campaign, 30, 30)
    campaign.layers.occupy(campaign.units)
    assert contacts_of(campaign, Side.GOVERNMENT).row.size == 0


def test_taskings_are_not_known_but_where_bombs_fell_is():
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    chief = next(one for one in campaign.commanders if one.name == "islamic_state")
    airport = campaign.airport_cell
    for wing in campaign.wings:
        wing.taskings = [Tasking(airport, 10.0, 5.0)]
    assert air_absent(chief, airport, 18.0)
    next(wing for wing in campaign.wings if wing.side == Side.GOVERNMENT).fell = [airport]
    assert not air_absent(chief, airport, 18.0)
