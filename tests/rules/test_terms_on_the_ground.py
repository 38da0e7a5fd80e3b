"""Who halts by the terms of the patrons: the law that lists camps once gives what asking every pair gives."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from model.chance import Chance
from model.compiled import readable
from model.ledger import UNIT, Order, Side
from model.rules.cooperation import too_near

WIDTH, ROWS = 30, 60
CAMPS = (int(Side.GOVERNMENT), int(Side.SDF))


def crowd(seed):
    """Return a ledger of units thrown over a small map in clumps, and the banks of its cells."""
    dice = Chance(seed)["test"]
    units = np.zeros(ROWS, dtype=UNIT)
    units["side"] = dice.integers(1, 5, ROWS)
    units["alive"] = dice.random(ROWS) < 0.8
    units["cell"] = dice.integers(0, WIDTH * WIDTH, ROWS)[np.sort(dice.integers(0, ROWS, ROWS))]
    units["order"] = dice.integers(0, len(Order), ROWS)
    units["goal"] = np.where(dice.random(ROWS) < 0.8, dice.integers(0, WIDTH * WIDTH, ROWS), -1)
    return units, dice.integers(0, 2, WIDTH * WIDTH).astype(np.int8)


def asked_pair_by_pair(units, bank, reach):
    """Return the rows that would march nearer to the other camp, found by asking every pair."""
    found = []
    camps = [row for row in range(ROWS) if units["alive"][row] and units["side"][row] in CAMPS]
    for row in camps:
        me = units[row]
        here, goal = divmod(int(me["cell"]), WIDTH), divmod(int(me["goal"]), WIDTH)
        for other in camps if me["order"] != Order.HOLD and me["goal"] >= 0 else ():
            if units["side"][other] == me["side"] or bank[units["cell"][other]] != bank[me["cell"]]:
                continue
            there = divmod(int(units["cell"][other]), WIDTH)
            down, along = there[0] - here[0], there[1] - here[1]
            if down**2 + along**2 <= reach**2 and down * (goal[0] - here[0]) + along * (goal[1] - here[1]) > 0:
                found.append(row)
                break
    return found


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 12.0))
def test_those_halt_who_would_march_nearer_to_any_of_the_other_camp(seed, reach):
    units, bank = crowd(seed)
    found = np.zeros(ROWS, dtype=np.int32)
    many = too_near(readable(units), bank, WIDTH, reach, found)
    assert found[:many].tolist() == asked_pair_by_pair(units, bank, reach)
