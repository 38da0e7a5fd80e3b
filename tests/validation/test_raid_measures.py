"""Raids, assaults and suicide attacks are counted as the patterns mean them."""

import numpy as np
import pytest

from model.events import EventKind
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE
from sweeps.validation import raids
from tests.validation.drawn import battle, fall


def raid(siege, measures, held_turns, men=200, killed=6, enemy=3, captured=0):
    """Play a raid by hand: a post is taken and held for so many turns; then a quiet week."""
    ours = int(np.flatnonzero(measures[0].frame & (siege.layers.control == GOVERNMENT))[40])
    rows = [fall(siege, side, 0) for side in (GOVERNMENT, ISLAMIC_STATE)]
    siege.units["cell"][rows] = ours
    for turn in range(1, 40):
        siege.turn, siege.battles = turn, 0
        if turn == 2:
            battle(siege, ours, men)
            siege.units["killed"][rows] += (killed, enemy)
            siege.units["captured"][rows[0]] += captured
            siege.layers.control[ours] = ISLAMIC_STATE
        if turn == 2 + held_turns:
            siege.layers.control[ours] = GOVERNMENT
        for measure in measures:
            measure.turn()


@pytest.mark.parametrize(("held_turns", "share"), [(3, 1.0), (7, 1.0), (9, 0.0)])
def test_a_raid_is_reversed_within_48_hours(siege, held_turns, share):
    measures = [kind(siege) for kind in (raids.RaidsReversed, raids.RaidDead, raids.RaidExchange, raids.LesserAssaults)]
    raid(siege, measures, held_turns)
    assert [measure.value() for measure in measures] == [share, 6.0, 0.5, 0.0]


def test_a_great_attack_is_no_raid_but_an_assault(siege):
    measures = [kind(siege) for kind in (raids.RaidsReversed, raids.LesserAssaults, raids.MajorAssaults)]
    raid(siege, measures, 3, men=400, killed=25)
    assert [measure.value() for measure in measures] == [None, 1.0, 0.0]


@pytest.mark.parametrize(("captured", "counts"), [(0, 0.0), (40, 1.0)])
def test_of_those_taken_the_share_that_is_put_to_death_counts_among_the_dead(siege, captured, counts):
    assert 15 + 40 * siege.rules.morale.exec_frac >= 20
    measures = [raids.LesserAssaults(siege)]
    raid(siege, measures, 3, men=400, killed=15, captured=captured)
    assert measures[0].value() == counts


def test_suicide_attacks_are_counted_in_months(siege):
    kinds = (raids.SuicideAttacks, raids.SuicideClusters, raids.ByVehicle)
    measures = [kind(siege) for kind in kinds]
    for day in range(61):
        siege.events.clear()
        if day in (5, 6):
            siege.tell(EventKind.SVBIED, "made up", cell=siege.airport_cell, numbers={"sent": 3.0})
            siege.walked_in.append((day, siege.airport_cell))
        for measure in measures:
            measure.turn()
            measure.day()
    # the first morning closes no day: all eight fall into the first of two bins
    assert measures[0].value() == 4.0
    assert measures[1].value() == pytest.approx(np.var([8, 0], ddof=1) / 4.0)
    assert measures[2].value() == 0.75
