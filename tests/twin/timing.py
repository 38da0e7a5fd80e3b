"""The yardstick of speed: the same battlefield played by the engine's laws and by the ordinary Mesa model, on one clock.

`run.py bench` runs this file where the tests are at hand. Both play movement and attrition and nothing else.
"""

from time import perf_counter

from model.campaign import Campaign
from model.chance import Chance
from model.ledger import Order
from model.rules import attrition, battle_groups, movement
from tests.rules.small_field import cell, formation, war
from tests.twin.ordinary import OrdinaryWar


def field_of(n_units: int) -> Campaign:
    """Return a war on the open field: half of the units a side, all ordered to attack across it, their routes known."""
    at = Chance(1)["places"].integers(3, 27, (n_units, 2)).tolist()
    half = n_units // 2
    campaign = war(
        {
            "government": [formation(tuple(xy), 60) for xy in at[:half]],
            "islamic_state": [formation(tuple(xy), 60) for xy in at[half:]],
        },
        1,
    )
    for row, goal in enumerate(Chance(1)["goals"].integers(3, 27, (n_units, 2)).tolist()):
        campaign.send(row, cell(campaign, *goal), Order.ATTACK)
    movement.find_routes(campaign)
    return campaign


def _clock(campaign: Campaign) -> None:
    campaign.turn += 1
    campaign.zones = campaign._zones[1 if campaign.night else 0]


def seconds_of_engine(n_units: int, turns: int) -> float:
    """Return the seconds that the compiled laws take for so many turns of movement and attrition."""
    campaign = field_of(n_units)
    movement.march(campaign)
    battle_groups.form(campaign)  # compiled before the clock starts
    attrition.fight(campaign)
    begun = perf_counter()
    for _ in range(turns):
        movement.march(campaign)
        battle_groups.form(campaign)
        attrition.fight(campaign)
        _clock(campaign)
    return perf_counter() - begun


def seconds_of_twin(n_units: int, turns: int) -> float:
    """Return the seconds that objects, dictionaries and loops take for the same."""
    campaign = field_of(n_units)
    twin = OrdinaryWar(campaign)
    begun = perf_counter()
    for _ in range(turns):
        twin.march()
        twin.fight()
        _clock(campaign)
    return perf_counter() - begun
