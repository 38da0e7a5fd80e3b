"""A small invented theatre and frames of an invented run, for the view's tests."""

import datetime as dt
import os

import numpy as np

from model.account.frame import FRAME_UNIT, EnclaveNow, ForceNow, Frame, Opening
from model.chance import Chance
from model.events import Event, EventKind
from model.map.theatre import Area, Crossing, Line, Place, RoadGraph, Theatre

NX, NY, WIDTH = 60, 44, 62
RIVER = np.array([[0.0, 40.0], [12.0, 33.0], [20.0, 34.0], [30.0, 24.0], [41.0, 22.0], [48.0, 12.0], [60.0, 4.0]])


def cell_at(x, y):
    return (int(y) + 1) * WIDTH + int(x) + 1


def _place(name, kind, x, y, ar=""):
    return Place(name.lower(), name, ar, 35 + y / 111, 40 + x / 91, x, y, kind, "R", cell_at(x, y), 0.5, False, "made up", "")


def _ring(x, y, width, height):
    return (np.array([[x, y], [x + width, y], [x + width, y + height], [x, y + height], [x, y]], dtype=float),)


def _graph():
    none, flat = np.zeros(0, dtype=np.int32), np.zeros(0)
    edges = (none, none, flat, none.astype(np.int8), none.astype(np.int16), (), none, none)
    return RoadGraph(none, flat.reshape(0, 2), (), *edges, none, none, none, {})


def theatre():
    cells = WIDTH * (NY + 2)
    row, column = np.divmod(np.arange(cells), WIDTH)
    inside = ((row >= 1) & (row <= NY) & (column >= 1) & (column <= NX)).astype(np.int8)
    height = 200.0 + 2.0 * column + 40 * np.sin(row / 5.0)
    control = np.where(inside == 1, 2, 0).astype(np.int8)
    control[np.hypot(column - 24, row - 20) < 8] = 1
    control[(row > 36) & (inside == 1)] = 3
    zero = np.zeros(cells, dtype=np.int8)
    places = (
        _place("Dez", "city", 26.0, 24.0, "دير الزور"),
        _place("Mayadin", "town", 44.0, 14.0),
        _place("Ayyash", "village", 13.0, 28.0),
        _place("Bridge", "bridge", 30.0, 24.0),
    )
    lines = (
        Line("euphrates", "river", "", "Euphrates (main)", "", "", RIVER),
        Line("m20", "road", "highway", "M20", "R", "", np.array([[0.0, 2.0], [14.0, 10.0], [26.0, 24.0]])),
        Line("border", "border", "", "Border", "", "", np.array([[55.0, 0.0], [58.0, 20.0], [59.0, 44.0]])),
        Line("scarp", "escarpment", "", "Rim", "", "", np.array([[5.0, 28.0], [20.0, 22.0], [34.0, 12.0]])),
    )
    areas = (
        Area("valley", "irrigated", "Valley", "", (_ring(10, 24, 20, 12),)),
        Area("town", "urban", "Dez", "", (_ring(23, 21, 5, 4),)),
        Area("quarter", "district", "Quarter", "", (_ring(22, 20, 6, 6),)),
        Area("hills", "mountain", "Hills", "", (_ring(2, 2, 14, 10),)),
        Area("lake", "lake", "Lake", "", (_ring(2, 40, 6, 3),)),
    )
    heights = np.column_stack([column * 1.0, row * 1.0, height])[::7]
    box = (40.0, 35.0, 40 + NX / 91, 35 + NY / 111)
    layers = (inside, zero, zero, zero, zero, height, zero, zero.astype(np.uint8), control)
    nearest = (zero.astype(np.int32), np.zeros(cells, dtype=np.int16))
    crossings = (Crossing("bridge", 3, "m20", cell_at(29, 23), cell_at(31, 25), 0, True),)
    drawn = (places, crossings, lines, areas, heights, _graph())
    made = Theatre("small", "digest", 1.0, NX, NY, WIDTH, *box, (91.0, 111.0), *layers, *nearest, *drawn)
    for layer in (made.control, made.height, made.inside):
        layer.flags.writeable = False
    return made


def opening(turns=40):
    start = dt.date(2016, 5, 11)
    return Opening(
        "Deir ez-Zor", "A small war", 7, start, start + dt.timedelta(days=turns // 4), 6,
        "small", "digest", 1.0, (40.0, 35.0, 41.0, 36.0),
        ("republican_guard", "ndf", "islamic_state", "sdf"),
        ("Republican Guard", "National Defence Forces", "Islamic State", "SDF"),
        (1, 1, 2, 3), ("First Brigade", "Second Brigade"), ("estimate", "estimate"),
    )  # fmt: skip


def units(count, turn, seed=1):
    dice = Chance(seed)["small war"]
    made = np.zeros(count, dtype=FRAME_UNIT)
    made["row"] = np.arange(count)
    made["force"] = np.arange(count) % 4
    made["side"] = np.array([1, 1, 2, 3])[made["force"]]
    made["kind"] = dice.integers(0, 7, count)
    x, y = dice.normal(26, 9, count).clip(1, NX - 2), dice.normal(22, 8, count).clip(1, NY - 2)
    made["cell"] = (y.astype(int) + 1) * WIDTH + x.astype(int) + 1
    made["heading"] = np.where(np.arange(count) % 3 == 0, turn % 8, -1)
    made["x"] = (turn * 37) % 255
    made["goal"] = np.where(np.arange(count) % 2 == 0, cell_at(26, 24), -1)
    made["order"] = made["row"] % 6
    made["posture"] = made["row"] % 11
    made["men0"] = 200
    made["men"] = dice.integers(5, 200, count)
    made["resolve"], made["ammo"], made["food"], made["traced"], made["tank"] = 130, 25, 30, made["row"] % 2, made["row"] % 3
    return made


def frame(turn=0, count=60, over=False, map_=None):
    ground = map_ or theatre()
    made, control = units(count, turn), ground.control.copy()
    made.flags.writeable = control.flags.writeable = False
    cell = cell_at(26, 24)
    events = (
        Event(turn, EventKind.FIGHTING, "Fighting at Dez: 3 killed.", cell, 2, 2, 0, 0.4),
        Event(turn, EventKind.AIRDROP, "An Il-76 drops 21 tonnes.", cell, 1, 0, 0, 0.7),
    )
    enclave = EnclaveNow(
        94000 - turn, 3, 4, 2, 1, 5, 0.6, 0.9, 100.0, 20.0, 10.0, 12.5, 6.0, 2900, 200.0, 1, 15.0, 60.0, 40.0, 5.0, "shut"
    )
    forces = tuple(ForceNow(900 * (k + 1), count // 4, turn, 0, 0, 0, 4, 200.0) for k in range(4))
    when = dt.datetime(2016, 5, 11) + dt.timedelta(hours=6 * turn)  # noqa: DTZ001
    return Frame(turn, turn / 4, when, made, control, ("intact",), "haze", 3.0, forces, enclave, {}, events, over)


class SmallRun:
    """A run for the live feed: 20 turns, or a failure at a turn. Writes each turn it plays into a file if asked."""

    def __init__(self, turns=20, fails_at=-1, diary=""):
        self.turns, self.fails_at, self.diary = turns, fails_at, diary
        self.theatre = theatre()
        self.turn = 0
        self.reasons = ()

    @property
    def over(self):
        return self.turn >= self.turns

    def opening(self):
        return opening(self.turns)

    def step(self):
        self.turn += 1
        if self.turn == self.fails_at:
            msg = "the river ran dry"
            raise ValueError(msg)
        if self.diary:
            with open(self.diary, "a", encoding="utf-8") as book:  # noqa: PTH123
                book.write(f"{self.turn}\n")

    def frame(self):
        return frame(self.turn, 8, self.over, self.theatre)


class NeverOpens:
    def __init__(self):
        msg = "no such scenario"
        raise FileNotFoundError(msg)


class Leaves:
    """A run whose process ends without a word."""

    def __init__(self):
        os._exit(3)
