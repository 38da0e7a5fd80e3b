"""Patrols: who takes back nobody's ground."""

import numpy as np
import pytest

from model.ledger import UNIT, Kind, State
from model.rules.patrols import patrol, walks

WIDTH = 40
GOVERNMENT, ENEMY = 1, 2


def morning(posts, control=None, zoc=None, bank=None, km=4.0):
    """Send patrols out from posts (side, cell) over a field of 40 x 40 cells of nobody's; return who holds what after."""
    units = np.zeros(len(posts), dtype=UNIT)
    for unit, (side, cell) in zip(units, posts, strict=True):
        unit["alive"], unit["side"], unit["cell"], unit["home"], unit["men"] = 1, side, cell, cell, 100
        unit["state"], unit["kind"] = int(State.STEADY), int(Kind.INFANTRY)
    return played(units, control, zoc, bank, km)


def played(units, control=None, zoc=None, bank=None, km=4.0, changed=None):
    control = np.zeros(WIDTH * WIDTH, dtype=np.int8) if control is None else control
    blank = np.zeros_like(control)
    walk, span = walks(km, WIDTH)
    changed = np.zeros(control.size, dtype=np.int32) if changed is None else changed
    patrol(
        units, control, changed, blank.copy(), np.zeros(control.size), blank.astype(np.uint8) if zoc is None else zoc,
        np.zeros(control.size, dtype=np.int32), blank if bank is None else bank, np.ones_like(control), walk, span, WIDTH,
        np.zeros(4000, dtype=np.int32), np.flatnonzero(control == 0),
    )  # fmt: skip
    return control


MIDDLE = 20 * WIDTH + 20


def test_a_lone_post_takes_back_a_disc():
    control = morning([(GOVERNMENT, MIDDLE)])
    assert control[MIDDLE + 4] == GOVERNMENT
    assert control[MIDDLE + 5] == 0
    assert np.count_nonzero(control) == 49


def test_the_nearer_post_has_it_and_nobody_what_is_as_near_to_both():
    control = morning([(GOVERNMENT, MIDDLE), (ENEMY, MIDDLE + 6)])
    assert control[MIDDLE + 2] == GOVERNMENT
    assert control[MIDDLE + 3] == 0
    assert control[MIDDLE + 4] == ENEMY


def test_sides_are_alike():
    one = morning([(GOVERNMENT, MIDDLE), (ENEMY, MIDDLE + 6)])
    other = morning([(ENEMY, MIDDLE), (GOVERNMENT, MIDDLE + 6)])
    assert np.array_equal(one, np.array([0, 2, 1], dtype=np.int8)[other])


def test_held_ground_and_ground_under_an_enemy_s_guns_are_left_alone():
    control = np.zeros(WIDTH * WIDTH, dtype=np.int8)
    control[MIDDLE + 2] = ENEMY
    zoc = np.zeros(WIDTH * WIDTH, dtype=np.uint8)
    zoc[MIDDLE - 2] = 1 << ENEMY
    zoc[MIDDLE - 1] = 1 << GOVERNMENT
    morning([(GOVERNMENT, MIDDLE)], control, zoc)
    assert control[MIDDLE + 2] == ENEMY
    assert control[MIDDLE - 2] == 0
    assert control[MIDDLE - 1] == GOVERNMENT


def test_ground_that_nobody_ever_took_must_be_taken_first():
    units = np.zeros(1, dtype=UNIT)
    units[0]["alive"], units[0]["side"], units[0]["cell"], units[0]["home"], units[0]["men"] = 1, GOVERNMENT, MIDDLE, MIDDLE, 100
    units[0]["state"], units[0]["kind"] = int(State.STEADY), int(Kind.INFANTRY)
    changed = np.full(WIDTH * WIDTH, -1, dtype=np.int32)
    changed[MIDDLE + 3] = 7
    assert np.flatnonzero(played(units, changed=changed)).tolist() == [MIDDLE + 3]


def test_nobody_crosses_the_river():
    bank = np.zeros(WIDTH * WIDTH, dtype=np.int8)
    bank.reshape(WIDTH, WIDTH)[:, 22:] = 1
    control = morning([(GOVERNMENT, MIDDLE)], bank=bank)
    assert control[MIDDLE + 1] == GOVERNMENT
    assert control[MIDDLE + 2] == 0


def test_the_rim_of_the_map_is_no_way_round_it():
    control = morning([(GOVERNMENT, 20 * WIDTH + 1)]).reshape(WIDTH, WIDTH)
    assert not control[:, -6:].any()


@pytest.mark.parametrize("change", [{"state": int(State.ROUTED)}, {"men": 9}, {"home": MIDDLE + 1}, {"kind": int(Kind.RAIDER)}])
def test_only_men_at_their_post_patrol(change):
    units = np.zeros(1, dtype=UNIT)
    units[0]["alive"], units[0]["side"], units[0]["cell"], units[0]["home"], units[0]["men"] = 1, GOVERNMENT, MIDDLE, MIDDLE, 100
    units[0]["state"], units[0]["kind"] = int(State.STEADY), int(Kind.INFANTRY)
    for name, value in change.items():
        units[0][name] = value
    assert not played(units).any()
