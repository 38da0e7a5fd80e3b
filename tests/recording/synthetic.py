"""Frames made up with named chance: they look like a campaign's to the codec, and are none."""

from datetime import date, datetime, time, timedelta

import numpy as np

from model.account.frame import FRAME_UNIT, EnclaveNow, ForceNow, Frame, Opening, QuarterNow
from model.account.theatre_now import CorridorNow, LineNow, TheatreNow
from model.chance import Chance
from model.events import Event, EventKind

START = date(2016, 5, 11)
FORCES = ("rg", "ndf", "islamic_state", "sdf")
SIDES = (1, 1, 2, 3)
BUSY = ("cell", "x", "sup", "fatigue", "resolve", "ammo", "food", "men", "heading", "posture", "engaged")


def opening(**changes):
    values = {
        "title": "The siege of Deir al-Zour, دير الزور",
        "scenario": "made_up",
        "seed": 7,
        "start": START,
        "end": START + timedelta(days=10),
        "turn_h": 6,
        "map_name": "euphrates",
        "map_digest": "0" * 64,
        "cell_km": 1.0,
        "frame_box": (38.0, 34.0, 42.0, 37.0),
        "force_ids": FORCES,
        "force_names": ("Republican Guard", "National Defence Forces", "Islamic State", "SDF"),
        "force_sides": SIDES,
        "formation_names": ("104th Brigade", "قوات الدفاع"),
        "formation_basis": ("article", "estimate"),
    }
    return Opening(**(values | changes))


def units(dice, count, cells=60_000):
    made = np.zeros(count, FRAME_UNIT)
    for name in FRAME_UNIT.names:
        width = np.iinfo(FRAME_UNIT[name])
        made[name] = dice.integers(max(width.min, 0), min(width.max, 4), count, endpoint=True)
    made["row"] = np.arange(count)
    made["force"] = np.arange(count) * len(FORCES) // max(count, 1)
    made["side"] = np.take(SIDES, made["force"])
    made["cell"] = dice.integers(0, cells, count)
    made["men"] = dice.integers(20, 300, count)
    return made


def forces(dice, turn):
    return tuple(
        ForceNow(2000 - turn, 20, turn, 2 * turn, i, 0, 10, float(dice.uniform(0, 900)), joined=3 * turn, left=i)
        for i in range(len(FORCES))
    )


def enclave(dice, turn):
    food, grain, ration = (float(v) for v in dice.uniform(0, 1, 3))
    return EnclaveNow(
        100_000 - 3 * turn, turn, turn, 0, 0, turn, ration, 1.0, food * 900, grain * 300, 120.5, 9.0, 30.0, 5400, 61.0, 1,
        14.2, 30.0 * turn, 20.0 * turn, 4.0 * turn, "shut", no_mans_t=3.0 * turn, lost_t=3.0 * turn,
    )  # fmt: skip


def quarter(day):
    fell = (("2016-05-12", 2, "taken by islamic state"),) if day > 1 else ()
    dead = (("shelling", 2, day), ("air", 1, 2 * day)) if day else ()
    return QuarterNow("joura", 2 if fell else 1, 36_000 - 3 * day, dead, fell)


def events(dice, turn, count):
    kinds = list(EventKind)
    return tuple(
        Event(
            turn,
            kinds[int(dice.integers(len(kinds)))],
            f"The Islamic State drives {int(dice.integers(5, 90))} men back from the cemetery ridge.",
            cell=int(dice.integers(60_000)),
            side=2,
            force=2,
            place=int(dice.integers(3)),
            weight=float(dice.uniform()),
            numbers={"men": float(dice.integers(90))},
        )
        for _ in range(count)
    )


def seal(array):
    array.setflags(write=False)
    return array


def moved(dice, before, changed):
    after = before.copy()
    rows = dice.permutation(len(after))[:changed]
    for name in BUSY:
        after[name][rows] += dice.integers(-2, 3, len(rows)).astype(after[name].dtype)
    return after


def frame(dice, turn, made, control, event_count=8, over=False):
    return Frame(
        turn=turn,
        day=turn / 4,
        when=datetime.combine(START, time()) + timedelta(hours=6 * turn),
        units=seal(made),
        control=seal(control),
        crossings=("intact", "destroyed") * 5,
        weather="haze" if turn % 3 else "storm",
        wind=float(dice.uniform(0, 14)),
        forces=forces(dice, turn),
        enclave=enclave(dice, turn),
        milestones={"contact": date(2016, 5, 12)} if turn > 5 else {},
        events=events(dice, turn, event_count),
        over=over,
        quarters=(quarter(turn // 4),),
        manpower={"battle": -(turn // 4), "conscripts": turn // 2},
        theatre=theatre(turn),
    )


def theatre(turn):
    day = turn // 4
    return TheatreNow(
        (LineNow("m20", "the M20 to Palmyra", 1, "cut" if day > 2 else "open", max(0, day - 2), 0, int(day > 2), "2016-05-14"),
         LineNow("valley", "the valley road", 2, "threatened", 0, day, 0, "")),
        (CorridorNow("palmyra_road", 1, day, day // 2, 3, day - day // 2),),
        {"travel_days": 2.5 + day, "other_front_index": 0.25, "other_front_calls": 2.0},
        "storm" if day > 8 else "",
    )  # fmt: skip


def frames(seed=1, turns=40, count=60, cells=3_000, changed=20, event_count=8):
    """Return frames in which a share of the units moves each turn, one falls or appears now and then, and cells change hands."""
    dice = Chance(seed)["frames"]
    made, control, out = units(dice, count, cells), np.repeat(np.arange(5, dtype=np.int8), cells // 5), []
    for turn in range(turns + 1):
        out.append(frame(dice, turn, made.copy(), control.copy(), event_count, over=turn == turns))
        made = moved(dice, made, changed)
        if turn % 5 == 4:
            made = np.delete(made, int(dice.integers(len(made))))
        if turn % 7 == 6:
            newcomer = units(dice, 1, cells)
            newcomer["row"] = count + turn
            made = np.append(made, newcomer)
        control[dice.integers(0, control.size, 6)] = dice.integers(0, 5, 6)
    return out
