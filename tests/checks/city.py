"""Three assaults on the enclave: the air base in December 2014, January 2016, January 2017.

Men engaged, vehicles and strikes are readings with their basis; keys in brackets are rows of docs/SOURCES.md.
"""

import datetime as dt

from model.configuration.loading import load
from model.ledger import Side
from model.quantities import Quantity
from model.scenario import Enclave, Force, Quarter
from tests.checks.battle import CITY, Case, Observed, Thrust, scaled, stand

LIVES_ON = ("ayyash", "hatla", "muhasan", "shola")
"""Where the besiegers' stores lie."""
DEFENCE = ("republican_guard", "ndf", "government_air")
NORTH_WEST = (39.95, 35.355, 40.11, 35.43)
"""Ayyash, the Saiqa camp, the depots and Baghiliya, the army's until January 2016 (BT17)."""


def _garrison(change=None, extra=None) -> dict[str, Force]:
    """Return the shipped garrison; `change` maps formation ids to a share of their men, `extra` adds formations by force."""
    forces = {}
    for force_id, force in load("skirmish").forces.items():
        if force.side != "government":
            continue
        book = {}
        for formation_id, formation in force.order_of_battle.items():
            share = (change or {}).get(f"{force_id}.{formation_id}", 1.0)
            if share > 0.0:
                book[formation_id] = formation if share == 1.0 else scaled(formation, share)
        book |= (extra or {}).get(force_id, {})
        forces[force_id] = force.model_copy(update={"order_of_battle": book})
    return forces


def _besiegers(share, groups, without=()) -> dict[str, Force]:
    """Return the shipped ring with a share of its men, who hold, and the assault groups."""
    ring = load("skirmish").forces["islamic_state"]
    book = {name: scaled(f, share) for name, f in ring.order_of_battle.items() if name not in without}
    return {"islamic_state": ring.model_copy(update={"order_of_battle": book | groups})}


def _group(at, men, units, weapons):
    return stand(at, men, units, weapons, quality="is_assault", kind="motorised", sector="assault")


def _enclave(people: int, quarters: dict[str, int] | None = None) -> Enclave:
    """Return the shipped enclave with so many people, some of them in quarters that were lost before May 2016."""
    now = load("skirmish").enclave
    assert now is not None
    lost = {name: Quarter(place=name, people=many) for name, many in (quarters or {}).items()}
    share = (people - sum(q.people for q in lost.values())) / sum(q.people for q in now.quarters.values())
    held = {name: q.model_copy(update={"people": round(q.people * share)}) for name, q in now.quarters.items()}
    counted = Quantity(value=float(people), unit="people", basis="CV03, CV07")
    return now.model_copy(update={"population": counted, "quarters": held | lost})


def january_2016() -> Case:
    """Return the assault of 16-21 January 2016 from the north-west and the south-east, in a storm without aircraft."""
    posts = {
        "ayyash": stand("ayyash", 70, 3, (0, 0, 1, 0, 1, 0, 0), 2), "saiqa": stand("saiqa", 60, 2, (0, 0, 1, 0, 1, 0, 0), 2),
        "radio": stand("radio_tower", 30, 1, fort=1), "hajeef": stand("hajeef", 30, 1, fort=2),
        "mariiyah": stand("mariiyah", 60, 2, (0, 0, 1, 0, 1, 0, 0), 2, quality="tribal"),
        "baghiliya": stand((35.378, 40.090), 130, 4, (0, 0, 2, 0, 2, 1, 0), 2),
        "depots": stand("ayyash_depots", 70, 3, (0, 0, 1, 0, 1, 1, 0), 2, quality="rg"),
    }  # fmt: skip
    fewer = {
        "republican_guard.tharda1": 0.0, "republican_guard.tharda3": 0.0, "army.tharda2": 0.0, "army.furat": 0.0,
        "tribal_militia.jafra": 80 / 140, "republican_guard.depots": 0.0,
    }  # fmt: skip
    groups = {
        "nw": _group("shumaytiyah", 900, 24, (4, 3, 40, 1, 10, 6, 6)),
        "n": _group("khuraytah", 400, 10, (1, 1, 16, 1, 5, 3, 3)),
        "se": _group("muhasan", 700, 18, (4, 2, 30, 1, 8, 5, 3)),
    }  # fmt: skip
    return Case(
        "january_2016", "Deir al-Zour, 16-21 January 2016", dt.date(2016, 1, 16), 6, CITY,
        _garrison(fewer, {"army": posts}) | _besiegers(1 / 3, groups, without=("ayyash", "baghiliya", "hajeef", "mariiyah")),
        (
            Thrust("islamic_state", ("nw",), ("ayyash", "saiqa", "ayyash_depots", "tall_baruq"), svbieds=2),
            Thrust("islamic_state", ("n",), ("radio_tower", (35.378, 40.090), "furat_hotel"), svbieds=2),
            Thrust("islamic_state", ("se",), ("mariiyah", "missile_bn", "dez_airport"), svbieds=1),
        ),
        {
            "army_killed": Observed(152, 200, 200, "BT12, 48 of them executed"),
            "is_killed": Observed(110, 110, 130, "BT13, about 30 of them suicide attackers"),
            "civilians_killed": Observed(85, 130, 300, "BT14"), "abducted": Observed(400, 400, 450, "BT15"),
        },
        "garrison 4,000 (OB02); 2,000 sent for the assault (OB21), 760 on the ring (estimate); 12 vehicle bombs (BT13); "
        "no aircraft in three days of storm, then 60 strikes a day (estimate); 12,000 people in Ayyash and Baghiliya (estimate)",
        DEFENCE, ((0, 2, 0.0), (3, 5, 60.0)), _enclave(200_000, {"ayyash": 4_000, "baghiliya": 8_000}),
        ((Side.GOVERNMENT, NORTH_WEST), (Side.GOVERNMENT, (40.20, 35.25, 40.225, 35.265))),
        {"islamic_state": LIVES_ON},
    )  # fmt: skip


def january_2017() -> Case:
    """Return the assault of 14 January - 14 February 2017: from four sides on the first days, then from time to time."""
    foot_of_the_hills = {
        "tharda3": stand((35.278, 40.145), 70, 3, (1, 0, 1, 0, 1, 1, 0), 2),
        "tharda1": stand((35.268, 40.166), 80, 3, (1, 0, 1, 0, 1, 1, 0), 2),
    }  # fmt: skip
    fewer = {"republican_guard.tharda1": 0.0, "republican_guard.tharda3": 0.0, "army.tharda2": 0.0}
    groups = {
        "e": _group("muhasan", 1200, 30, (5, 3, 50, 2, 14, 10, 5)), "s": _group("taym", 1200, 30, (5, 3, 60, 2, 12, 12, 5)),
        "city": _group("dez", 600, 15, (1, 1, 12, 1, 10, 6, 2)), "nw": _group("khuraytah", 500, 12, (2, 2, 24, 1, 6, 5, 2)),
    }  # fmt: skip
    force = "islamic_state"
    return Case(
        "january_2017", "Deir al-Zour, 14 January - 14 February 2017", dt.date(2017, 1, 14), 32, CITY,
        _garrison(fewer, {"republican_guard": foot_of_the_hills}) | _besiegers(1 / 3, groups),
        (
            Thrust(force, ("s",), ("cemetery", "tall_alloush"), 0, 9, svbieds=3),
            Thrust(force, ("e",), ("missile_bn", "dez_airport"), 0, 4, svbieds=2),
            Thrust(force, ("city",), ("muwazzafin",), 0, 1, svbieds=1),
            Thrust(force, ("nw",), ("tall_baruq", "brigade137"), 0, 3, svbieds=1),
            Thrust(force, ("nw",), ("brigade137",), 7, 8),
            Thrust(force, ("e",), ("dez_airport",), 10, 11, svbieds=1),
            Thrust(force, ("city",), ("tahtuh",), 12, 12),
            Thrust(force, ("s",), ("panorama",), 16, 17, svbieds=1),
            Thrust(force, ("e",), ("dez_airport",), 22, 23, svbieds=1),
        ),
        {
            "army_killed": Observed(127, 127, 127, "BT45"), "is_killed": Observed(241, 241, 500, "BT46, 500 is a claim"),
            "ratio": Observed(1.4, 1.98, 2.6, "BT40, BT44-BT46; accepted 1.4-2.6"),
        },
        "garrison 4,000 (OB03), 3,500 attackers (OB22) and 1,000 on the ring (estimate); 14 vehicle bombs (estimate); 30 strikes "
        "a day on the first three days, 80-100 from the fourth to the end of January (EF22, EF23), 40 after (estimate)",
        DEFENCE, ((0, 2, 30.0), (3, 17, 100.0), (18, 31, 40.0)), _enclave(93_500),
        ((Side.ISLAMIC_STATE, (40.06, 35.20, 40.19, 35.257)),), {"islamic_state": LIVES_ON},
    )  # fmt: skip


def air_base_2014() -> Case:
    """Return the assault on the air base of 3-6 December 2014, from the east and the hills."""
    more = {
        "airport_inf": stand("dez_airport", 500, 14, (6, 4, 6, 0, 4, 3, 0), 2),
        "masemekeh": stand((35.293, 40.196), 80, 3, (0, 0, 1, 0, 1, 0, 0), 2),
    }  # fmt: skip
    groups = {
        "e": _group("muhasan", 1600, 40, (4, 3, 50, 2, 14, 10, 3)), "s": _group("taym", 800, 20, (3, 2, 26, 1, 8, 6, 1)),
    }  # fmt: skip
    return Case(
        "air_base_2014", "Air base of Deir al-Zour, 3-6 December 2014", dt.date(2014, 12, 3), 4, CITY,
        _garrison({}, {"army": more}) | _besiegers(1 / 5, groups),
        (
            Thrust("islamic_state", ("e",), ((35.293, 40.196), "dez_airport"), svbieds=1),
            Thrust("islamic_state", ("s",), ("missile_bn", "brigade137_hq"), svbieds=1),
        ),
        {
            "army_killed": Observed(43, 47, 51, "BT06"), "is_killed": Observed(250, 250, 250, "BT05, a lower bound"),
        },
        "3,000 massed (OB20), 2,400 of them engaged: fewer could not have lost 250 dead before they gave up (estimate); air base "
        "1,100 with tribesmen (OB09, OB10, estimate); 4 vehicle bombs and 40 strikes a day from the base itself (estimates)",
        DEFENCE, ((0, 3, 40.0),), _enclave(200_000), (), {"islamic_state": LIVES_ON},
    )  # fmt: skip
