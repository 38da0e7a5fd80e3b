"""The ledger: one row per unit, one column per thing that is true of it. Rows never move, so a row is an identity."""

from enum import IntEnum

import numpy as np


class Side(IntEnum):
    """A coalition; the code that cells and units carry."""

    NOBODY = 0
    GOVERNMENT = 1
    ISLAMIC_STATE = 2
    SDF = 3
    PESHMERGA = 4


SIDES = len(Side)
HOSTILE = np.zeros((SIDES, SIDES), dtype=np.int8)
"""HOSTILE[a, b] is 1 where a and b fight: everyone against the Islamic State, nobody else."""
HOSTILE[Side.ISLAMIC_STATE, [Side.GOVERNMENT, Side.SDF, Side.PESHMERGA]] = 1
HOSTILE[[Side.GOVERNMENT, Side.SDF, Side.PESHMERGA], Side.ISLAMIC_STATE] = 1


class Kind(IntEnum):
    """What a unit is."""

    INFANTRY = 0
    MOTORISED = 1
    MECHANISED = 2
    ARMOUR = 3
    ARTILLERY = 4
    HEADQUARTERS = 5
    RAIDER = 6


class Mode(IntEnum):
    """How a unit travels; a row of the going table."""

    FOOT = 0
    TRUCK = 1
    TRACKED = 2


class State(IntEnum):
    """How much of a unit still holds together."""

    STEADY = 0
    SHAKEN = 1
    ROUTED = 2
    SURROUNDED = 3
    DESTROYED = 4


class Posture(IntEnum):
    """What a unit is doing with its ground; a row of the posture tables."""

    ATTACK = 0
    PROBE = 1
    HASTY = 2
    PREPARED = 3
    FORTIFIED = 4
    DELAY = 5
    WITHDRAW = 6
    MOVE = 7
    HIDE = 8
    REST = 9
    ROUT = 10


class Order(IntEnum):
    """What a commander asked of a unit."""

    HOLD = 0
    MARCH = 1
    ATTACK = 2
    PROBE = 3
    RAID = 4
    WITHDRAW = 5


class Going(IntEnum):
    """How a cell is to march over; a column of the going table."""

    ASPHALT = 0
    VALLEY = 1
    DESERT = 2
    ROLLING = 3
    RUGGED = 4
    DUNES = 5
    TOWN = 6
    NONE = 7


class Ground(IntEnum):
    """How a cell is to fight over; a row of the terrain tables."""

    DESERT = 0
    VALLEY = 1
    ROLLING = 2
    RUGGED = 3
    DUNES = 4
    URBAN = 5


UNIT = np.dtype(
    [
        # who it is
        ("side", np.int8),  # Side
        ("force", np.int8),  # index into the scenario's forces
        ("command", np.int8),  # index into the campaign's commanders, -1 none
        ("kind", np.int8),  # Kind
        ("mode", np.int8),  # Mode
        ("quality", np.int8),  # index into model.order_of_battle QUALITIES
        ("formation", np.int16),  # index into the campaign's formations
        ("sector", np.int16),  # index into the campaign's sectors: the ground its commander uses it on
        # how it is
        ("used", np.int8),  # 1 once the row has been in play
        ("alive", np.int8),  # 1 while it has men in the field
        ("state", np.int8),  # State
        ("posture", np.int8),  # Posture
        ("fort", np.int8),  # 0 none, 1 hasty, 2 prepared, 3 fortified
        ("engaged", np.int8),  # in a battle group this turn: 1 attacks, 2 defends
        ("besieged", np.int8),  # 1 while it lives off the enclave's stores
        ("traced", np.int8),  # 1 while supply reaches it
        ("tank", np.int16),
        ("ifv", np.int16),
        ("tech", np.int16),  # pickups with a gun
        ("gun", np.int16),
        ("mortar", np.int16),
        ("atgm", np.int16),
        # where it is
        ("cell", np.int32),  # padded cell index
        ("heading", np.int8),  # direction 0-7 of the step under way, -1 none
        ("field", np.int32),  # row of the flow fields it follows, -1 none
        ("goal", np.int32),  # cell its order names, -1 none
        ("home", np.int32),  # cell it returns to
        ("order", np.int8),  # Order
        ("until", np.int32),  # turn before which the order stands, -1 open
        ("paused", np.int32),  # turn before which it will not attack again
        # its men: men in the field; the rest are running totals since day 0
        ("men", np.int32),
        ("men0", np.int32),  # men at full strength
        ("killed", np.int32),
        ("wounded", np.int32),
        ("returned", np.int32),  # wounded who came back
        ("captured", np.int32),
        ("deserted", np.int32),
        ("joined", np.int32),  # men who came as reinforcement after day 0
        ("left", np.int32),  # men withdrawn or sent to other units
        # its condition
        ("x", np.float64),  # progress 0-1 of the step under way
        ("cev", np.float64),  # combat effectiveness value
        ("train", np.float64),  # 0-1
        ("resolve", np.float64),  # 0-1
        ("resolve0", np.float64),  # value it decays to
        ("sup", np.float64),  # suppression 0-1
        ("fatigue", np.float64),  # 0-1
        ("cas_recent", np.float64),  # casualties, exponentially forgotten
        ("ammo", np.float64),  # days of defence carried
        ("food", np.float64),  # days carried
        ("ration", np.float64),  # share of need eaten lately, 0-1
        ("dig", np.float64),  # days dug at this place
        ("hours", np.float64),  # hours spent in this cell
    ],
    align=True,
)

SEEN = np.dtype(
    [
        ("turn", np.int32),  # last turn this side saw the unit, -1 never
        ("cell", np.int32),  # where
        ("men", np.float64),  # estimated strength
        ("kind", np.int8),
        ("posture", np.int8),
    ],
    align=True,
)
"""One cell of the contact picture, shape (SIDES, rows): what a side believes of a unit of another."""
