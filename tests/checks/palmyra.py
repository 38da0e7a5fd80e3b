"""Two battles of Palmyra: the recapture of March 2016, the loss of December 2016.

Men engaged, vehicles and strikes are readings with their basis; keys in brackets are rows of docs/SOURCES.md.
"""

import datetime as dt

from model.ledger import Side
from model.scenario import Force
from tests.checks.battle import PALMYRA, Case, Observed, Thrust, shipped, stand

SUPPLY = {"government": ("t4",), "islamic_state": ("sukhnah", "shaer")}


def _force(force_id: str, book) -> Force:
    known = shipped().forces[force_id]
    return known.model_copy(update={"order_of_battle": book})


def march_2016() -> Case:
    """Return the recapture of 9-27 March 2016: 6,000 men from the west against 3,000, with 25 Russian sorties a day."""
    column = {
        "tigers": stand((34.55, 38.07), 1500, 22, (18, 14, 60, 16, 14, 10, 0), 1, quality="tiger", kind="mechanised"),
        "hawks": stand((34.52, 38.05), 1300, 18, (8, 6, 70, 6, 12, 8, 0), 1, kind="motorised"),
        "iraqi": stand((34.50, 37.98), 800, 12, (2, 2, 30, 2, 8, 4, 0), 1, kind="motorised"),
        "fatemiyoun": stand((34.57, 38.05), 1000, 14, (2, 2, 24, 4, 10, 5, 0), 1),
        "hezbollah": stand((34.58, 38.03), 400, 7, (0, 0, 14, 0, 6, 8, 0), 1, quality="tiger"),
        "support": stand((34.55, 37.95), 1000, 14, (12, 8, 24, 17, 12, 5, 0), 1),
        "t4": stand("t4", 700, 11, (6, 4, 20, 6, 6, 3, 0), 2),
    }  # fmt: skip
    book = {
        "west": stand((34.55, 38.17), 800, 20, (5, 4, 14, 5, 14, 28, 3), 2, front_km=12.0),
        "castle": stand("palmyra_castle", 500, 12, (3, 2, 8, 3, 10, 20, 2), 2, front_km=4.0),
        "town": stand("palmyra", 700, 17, (4, 2, 14, 6, 12, 22, 3), 3),
        "airport": stand("palmyra_ab", 300, 8, (1, 1, 6, 2, 6, 10, 1), 2),
        "north": stand("brigade550", 400, 10, (1, 1, 6, 2, 6, 14, 1), 2),
        "reserve": stand("arak", 300, 8, (1, 0, 4, 2, 4, 6, 2), 1, quality="is_assault"),
    }  # fmt: skip
    relief = "relief_column"
    return Case(
        "palmyra_march_2016", "Palmyra, 9-27 March 2016", dt.date(2016, 3, 9), 19, PALMYRA,
        {relief: _force(relief, column), "islamic_state": _force("islamic_state", book)},
        (
            Thrust(relief, ("tigers",), ((34.55, 38.17), "palmyra_castle", "palmyra")),
            Thrust(relief, ("hawks", "iraqi"), ((34.53, 38.17), "palmyra", "palmyra_ab")),
            Thrust(relief, ("fatemiyoun", "hezbollah"), ((34.58, 38.17), "brigade550"), 2),
        ),
        {
            "army_killed": Observed(195, 391, 391, "BT21, 195 is an early count"),
            "is_killed": Observed(417, 417, 450, "BT22"),
        },
        "6,000 men (OB40) and 700 at T4 (estimate) against 3,000 (OB25) with the equipment of OB26; places are estimates; "
        "500 sorties in 20 days, 3.5 strikes each (EF20)",
        ("government_air",), ((0, 18, 88.0),),
        held=((Side.ISLAMIC_STATE, (38.11, 34.20, 39.0, 35.05)), (Side.GOVERNMENT, (37.60, 34.40, 38.10, 34.65))),
        supply=SUPPLY, goal="palmyra",
    )  # fmt: skip


def december_2016() -> Case:
    """Return the loss of 8-11 December 2016 and the thrust on T4: 4,500 men from all sides against 3,300, and few aircraft."""
    column = {
        "tiger_2": stand("palmyra_ab", 200, 3, (3, 2, 10, 3, 3, 2, 0), 2, quality="tiger", front_km=4.0),
        "army_n": stand("brigade550", 600, 9, (6, 5, 14, 8, 8, 3, 0), 2, front_km=14.0),
        "army_e": stand((34.59, 38.395), 400, 6, (4, 4, 8, 4, 5, 3, 0), 2, front_km=8.0),
        "army_road": stand("jihar", 300, 5, (2, 2, 8, 4, 3, 2, 0), 2),
        "fatemiyoun_1": stand((34.54, 38.29), 650, 10, (2, 2, 16, 2, 8, 3, 0), 2, front_km=10.0),
        "fatemiyoun_2": stand((34.59, 38.20), 550, 8, (2, 2, 14, 2, 6, 3, 0), 1, front_km=8.0),
        "hezbollah": stand((34.555, 38.245), 200, 3, (0, 0, 8, 0, 4, 4, 0), 1, quality="tiger"),
        "ndf": stand((34.535, 38.05), 400, 8, (0, 0, 14, 0, 4, 1, 0), 2, quality="ndf"),
        "t4": stand("t4", 450, 7, (6, 4, 16, 6, 6, 3, 0), 2), "t4_n": stand((34.56, 37.85), 250, 4, (3, 2, 10, 2, 3, 2, 0), 2),
    }  # fmt: skip

    def group(at, men, units, weapons):
        return stand(at, men, units, weapons, quality="is_assault", kind="motorised", sector="assault")

    book = {
        "arak": group((34.66, 38.62), 1300, 30, (8, 4, 60, 3, 14, 20, 4)),
        "north": group((34.74, 38.35), 1000, 24, (4, 3, 50, 2, 10, 16, 3)),
        "ne": group((34.67, 38.50), 700, 17, (2, 2, 34, 1, 8, 10, 2)),
        "south": group((34.40, 38.42), 500, 12, (2, 1, 28, 0, 4, 8, 1)),
        "shaer": group("shaer", 500, 12, (3, 2, 28, 2, 6, 10, 1)),
        "reserve": group("sukhnah", 500, 12, (4, 2, 20, 2, 4, 8, 2)),
    }  # fmt: skip
    force = "islamic_state"
    return Case(
        "palmyra_december_2016", "Palmyra and T4, 8-22 December 2016", dt.date(2016, 12, 8), 14, PALMYRA,
        {"relief_column": _force("relief_column", column), force: _force(force, book)},
        (
            Thrust(force, ("arak",), ((34.59, 38.395), "palmyra_ab", "palmyra"), svbieds=2),
            Thrust(force, ("north",), ("brigade550", "palmyra"), svbieds=1),
            Thrust(force, ("ne",), ("palmyra_silos", "palmyra"), 0, 4, svbieds=1),
            Thrust(force, ("south",), ((34.54, 38.29), "palmyra"), svbieds=1),
            Thrust(force, ("shaer",), ("jazal", "jihar"), 1),
            Thrust(force, ("reserve", "ne"), ("jihar", "t4"), 5, 13, svbieds=1),
        ),
        {
            "army_killed": Observed(100, 182, 352, "BT33, 352 is a claim"),
            "is_killed": Observed(149, 149, 630, "BT34, 630 is a claim"),
        },
        "3,300 men, few of them elite (OB41), and 700 at T4 (estimate) against 4,500 (OB27); axes and 13 vehicle bombs are "
        "estimates; 8 sorties a day, three times as many from the third day (estimate)",
        ("government_air",), ((0, 1, 28.0), (2, 13, 84.0)),
        held=((Side.ISLAMIC_STATE, (38.45, 34.20, 39.0, 35.05)),), supply=SUPPLY, goal="palmyra",
    )  # fmt: skip
