"""What a browser is told of the turns: columns of a table with a row for every unit there ever was, turn after turn.

One turn of the stream, little-endian: `u2 row count · x u2 · y u2 · men u2 · state u1` as differences (modulo) to the turn
before, `u2 changed cells · index u2 each · side u1 each`, `i4` figures of the enclave, `u2` men of each force.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from model.account.frame import Frame, Opening
from model.map.theatre import Theatre
from viz.units.positions import positions

FINE = 65_535
LIGHTEST, MOST_EVENTS = 0.25, 4000
"""Events lighter than this are left out, and the lightest where there are more than so many."""
FIGURES = ("civilians", "dead_hunger", "dead_fire", "dead_massacre", "abducted", "left", "garrison")
SHARES = ("ration", "food_days", "area_km2")
HUNDREDTHS = 100


@dataclass
class _Before:
    """The turn before, as columns by row."""

    columns: npt.NDArray[np.uint16] = field(default_factory=lambda: np.zeros((3, 0), np.uint16))  # x, y, men
    state: npt.NDArray[np.uint8] = field(default_factory=lambda: np.zeros(0, np.uint8))
    control: npt.NDArray[np.int8] = field(default_factory=lambda: np.zeros(0, np.int8))


class Packed:
    """Takes in frames in their order; then `stream` and `told` hold all of them."""

    def __init__(self, opening: Opening, theatre: Theatre) -> None:
        self.opening, self.theatre = opening, theatre
        self.turns = 0
        self._before = _Before()
        self._parts: list[bytes] = []
        self._who: dict[int, tuple[int, int, int]] = {}  # row → force, kind, formation
        self._events: list[tuple[float, list[Any]]] = []
        self._turn_numbers: list[int] = []
        self._start = ""
        self._milestones: dict[str, int] = {}
        self._most = (theatre.nx * theatre.cell_km, theatre.ny * theatre.cell_km)

    def add(self, frame: Frame) -> None:
        """Take in a frame."""
        self._parts += [self._units(frame), self._control(frame), self._figures(frame)]
        for event in frame.events:
            if event.weight >= LIGHTEST:
                self._events.append(
                    (event.weight, [frame.turn, str(event.kind), event.text, *self._where(event.cell), event.weight])
                )
        for name in frame.milestones:
            self._milestones.setdefault(name, frame.turn)
        self._start = self._start or (frame.when - timedelta(hours=frame.turn * self.opening.turn_h)).isoformat()
        self._turn_numbers.append(frame.turn)
        self.turns += 1

    def stream(self) -> bytes:
        """Return all turns as bytes."""
        return b"".join(self._parts)

    def told(self) -> dict[str, Any]:
        """Return the rest: who the rows are, events, milestones, names of the figures."""
        rows = max(self._who, default=-1) + 1
        keep = sorted(self._events, key=lambda one: -one[0])[:MOST_EVENTS]
        blank = (0, 0, -1)
        return {
            "start": self._start,
            "turns": self._turn_numbers,
            "rows": [self._who.get(row, blank) for row in range(rows)],
            "formations": self.opening.formation_names,
            "log": sorted((event for _, event in keep), key=lambda one: one[0]),
            "milestones": self._milestones,
            "figures": [*FIGURES, *SHARES],
            "plane": self._most,
        }

    def _where(self, cell: int) -> tuple[float, float]:
        if cell < 0:
            return -1.0, -1.0
        x, y = self.theatre.centre_km(cell)
        return round(float(x), 2), round(float(y), 2)

    def _units(self, frame: Frame) -> bytes:
        units, before = frame.units, self._before
        rows = units["row"].astype(np.int64)
        many = max(int(rows.max(initial=-1)) + 1, before.state.size)
        columns, state = np.zeros((3, many), np.uint16), np.zeros(many, np.uint8)
        old, old_state = np.zeros((3, many), np.uint16), np.zeros(many, np.uint8)
        old[:, : before.state.size], old_state[: before.state.size] = before.columns, before.state
        columns[:2] = old[:2]  # who is gone stays where he was: nothing to tell
        at = positions(self.theatre, frame) / np.array(self._most)
        columns[:2, rows] = np.rint(np.clip(at, 0, 1) * FINE).astype(np.uint16).T
        columns[2, rows] = np.minimum(units["men"], FINE)
        state[rows] = units["state"] | (units["engaged"] > 0).astype(np.uint8) << 4
        for row, force, kind, formation in zip(
            rows.tolist(), units["force"].tolist(), units["kind"].tolist(), units["formation"].tolist(), strict=True
        ):
            self._who.setdefault(row, (force, kind, formation))
        self._before.columns, self._before.state = columns, state
        return np.uint16(many).tobytes() + (columns - old).tobytes() + (state - old_state).tobytes()

    def _control(self, frame: Frame) -> bytes:
        before = self._before.control if self._before.control.size else np.zeros_like(frame.control)
        changed = np.flatnonzero(frame.control != before)
        self._before.control = frame.control
        cells = changed.astype("<u4")
        return np.uint32(changed.size).tobytes() + cells.tobytes() + frame.control[changed].astype(np.uint8).tobytes()

    def _figures(self, frame: Frame) -> bytes:
        now = frame.enclave
        figures = [int(getattr(now, name)) if now else 0 for name in FIGURES]
        figures += [round(getattr(now, name) * HUNDREDTHS) if now else 0 for name in SHARES]
        men = np.array([force.men for force in frame.forces], dtype="<i4")
        return np.array(figures, dtype="<i4").tobytes() + men.tobytes()
