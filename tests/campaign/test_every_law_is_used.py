"""Every law has its day: 250 turns of the siege call each of them, and each changes something."""

import sys

import pytest

from model.events import EventKind
from tests.campaign.watching import MODULES, Watched, called_inside, laws_of, name_of

LAST_RESORT = {"hunger.walk_away"}  # the garrison of the default scenario eats its fill; see test_enclave_laws
LATER = {
    "boats.is_pocket", "boats.land", "clearing.at_work", "clearing.raiders_near", "transit.cut_share", "communications.road_days",
    "transit.depart", "transit.set_out", "transit.shift", "transit.watched_from_the_air", "transit.welcome", "crossing.fire_on",
    "crossing.weigh_fire", "crossing.who_waits", "crossing.count_held", "airdrop.strongest",
    "crossing.ferry_share_hit", "crossing.held", "crossing.pace_under_fire", "drones.strike",
    "other_fronts.kept", "other_fronts.refuse",
}  # fmt: skip
"""What comes after the 250 turns: drones, broken bridges, the column, men from outside. The whole campaign calls them all."""


def counted():
    """Yield every law of a name of its own; what stands behind an underscore is a case of one of them."""
    left_out = called_inside() | LAST_RESORT | LATER
    for module in MODULES:
        own = name_of(module)
        yield from (f"{own}.{name}" for name, _ in laws_of(module) if f"{own}.{name}" not in left_out and name[0] != "_")


@pytest.mark.parametrize("name", list(counted()))
def test_the_law_is_called(siege, name):
    assert siege.counting.calls[name] > 0


def test_turns_laws_are_called_every_turn(siege):
    calls = siege.counting.calls
    for name in ("attrition.fight", "movement.march", "morale.settle", "control.update", "supply.consume", "sighting.look"):
        assert calls[name] == 250, name


@pytest.mark.parametrize(
    "kind",
    [
        EventKind.FIGHTING, EventKind.SVBIED, EventKind.CAPTURE, EventKind.ROUT, EventKind.AIR_STRIKE, EventKind.AIRDROP,
        EventKind.WITHDRAWAL, EventKind.WEATHER,
    ],
)  # fmt: skip
def test_it_is_told(siege, kind):
    assert siege.events[kind] > 0


def test_units_are_shaken_routed_and_give_up_attacks(siege):
    assert all(siege.breaks[what] > 0 for what in (1, 2, 3))


def test_men_march_dig_go_hungry_of_supply_and_attack_by_surprise(siege):
    assert siege.moved > 200
    assert siege.dug > 50
    assert siege.untraced > 100
    assert siege.surprised > 0


def test_aircraft_fly_and_svbieds_are_driven(siege):
    campaign = siege.campaign
    assert all(wing.flown > 0 for wing in campaign.wings)
    assert sum(wing.killed for wing in campaign.wings) > 0
    assert campaign.svbieds_used > 0


def test_casualties_come_from_every_cause(siege):
    """Fire, SVBIEDs, aircraft and pursuit all take men through the one law of harm."""
    numbers = siege.told
    assert numbers[EventKind.SVBIED, "killed"] > 0
    assert numbers[EventKind.AIR_STRIKE, "killed"] > 0
    assert numbers[EventKind.ROUT, "killed"] > 0
    assert numbers[EventKind.ROUT, "captured"] > 0
    assert siege.campaign.units["killed"].sum() > sum(numbers[kind, "killed"] for kind in EventKind)


def test_calls_of_every_law(siege):
    """Shown by `pytest -s`: calls of every law in 250 turns."""
    listed = [f"{name:28} {count:7}" for name, count in sorted(siege.counting.calls.items())]
    sys.stdout.write("\n".join(["", *listed, ""]))
    assert len(listed) > 50


@pytest.mark.slow
def test_a_whole_campaign_calls_what_comes_later_and_keeps_its_books():
    whole = Watched("deir_ez_zor_2016", 1, 2396, ("rules.army.call_rate=0.02",))
    missing = {name for name in LATER if whole.counting.calls[name] == 0}
    assert not {name for name in missing if not name.startswith("crossing.")}  # not every column comes to the river
    assert max(whole.men_out) == max(whole.ghosts) == 0
    assert max(map(abs, whole.food_out)) < 1e-9
    assert max(map(abs, whole.ledger_out)) == 0
    assert whole.swam == whole.jumps == []
