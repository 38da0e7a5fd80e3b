"""Terrain: what lies in a cell, and what that means to those who march, fight and look there.

The tables translate the map's areas into the classes of the laws; a road's own column is used wherever a road runs.
"""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

from model.ledger import Going, Ground


class Terrain(IntEnum):
    """What lies in a cell."""

    DESERT = 0
    STEPPE_FARM = 1
    IRRIGATED = 2
    SALTFLAT = 3
    PLATEAU = 4
    HILL = 5
    MOUNTAIN = 6
    AIRFIELD = 7
    MILITARY = 8
    VILLAGE = 9
    URBAN = 10
    LAKE = 11


AREA_KINDS: dict[str, Terrain] = {
    "steppe_farm": Terrain.STEPPE_FARM,
    "plateau": Terrain.PLATEAU,
    "irrigated": Terrain.IRRIGATED,
    "saltflat": Terrain.SALTFLAT,
    "hill": Terrain.HILL,
    "mountain": Terrain.MOUNTAIN,
    "airfield": Terrain.AIRFIELD,
    "military": Terrain.MILITARY,
    "village_area": Terrain.VILLAGE,
    "urban": Terrain.URBAN,
    "district": Terrain.URBAN,
    "lake": Terrain.LAKE,
}
"""Kinds of area that make terrain, in the order they are painted: later ones win."""

_BY_TERRAIN: dict[Terrain, tuple[Going, Ground, Ground, int, bool]] = {
    #                       march,         fight,          see,        fort at the start, close country
    Terrain.DESERT: (Going.DESERT, Ground.DESERT, Ground.DESERT, 0, False),
    Terrain.STEPPE_FARM: (Going.DESERT, Ground.ROLLING, Ground.DESERT, 0, False),
    Terrain.IRRIGATED: (Going.VALLEY, Ground.VALLEY, Ground.VALLEY, 0, True),
    Terrain.SALTFLAT: (Going.DESERT, Ground.DESERT, Ground.DESERT, 0, False),
    Terrain.PLATEAU: (Going.ROLLING, Ground.ROLLING, Ground.DESERT, 0, False),
    Terrain.HILL: (Going.ROLLING, Ground.RUGGED, Ground.DESERT, 0, True),
    Terrain.MOUNTAIN: (Going.RUGGED, Ground.RUGGED, Ground.RUGGED, 0, False),
    Terrain.AIRFIELD: (Going.DESERT, Ground.DESERT, Ground.DESERT, 1, False),
    Terrain.MILITARY: (Going.TOWN, Ground.ROLLING, Ground.VALLEY, 2, False),
    Terrain.VILLAGE: (Going.VALLEY, Ground.VALLEY, Ground.VALLEY, 0, True),
    Terrain.URBAN: (Going.TOWN, Ground.URBAN, Ground.URBAN, 0, True),
    Terrain.LAKE: (Going.NONE, Ground.DESERT, Ground.DESERT, 0, False),
}

Codes = npt.NDArray[np.int8]


def _column(index: int) -> Codes:
    codes = np.array([int(_BY_TERRAIN[terrain][index]) for terrain in Terrain], dtype=np.int8)
    codes.setflags(write=False)
    return codes


GOING = _column(0)
"""Going by Terrain, for vehicles (a wet salt flat is the season's business)."""
GROUND = _column(1)
"""Ground by Terrain: defence, casualties, weapons."""
SIGHT = _column(2)
"""Ground by Terrain for detection ranges: desert, valley, rugged or urban."""
START_FORT = _column(3)
"""Fort level by Terrain on the first day: hangars and shelters 1, bases 2."""
CLOSE = _column(4)
"""1 where a zone of control shrinks to that of a town: gardens, hills, streets."""
GOING_ON_FOOT = GOING.copy()
"""Going by Terrain for men on foot: the salt flat is heavy as dunes."""
GOING_ON_FOOT[Terrain.SALTFLAT] = Going.DUNES
GOING_ON_FOOT.setflags(write=False)
