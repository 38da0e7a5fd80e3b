"""Contours: where a smooth field crosses a level, as short straight pieces (marching squares)."""

import numpy as np
import numpy.typing as npt

Segments = npt.NDArray[np.float64]

FINE, WIDE = 256, 2**32
"""Ends nearer than a part of a lattice step are one; a number no coordinate reaches."""

# corners of a square: 1 upper left, 2 upper right, 4 lower right, 8 lower left; edges: 0 top, 1 right, 2 bottom, 3 left
_PIECES: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),),
    2: ((0, 1),),
    3: ((3, 1),),
    4: ((1, 2),),
    5: ((3, 0), (1, 2)),
    6: ((0, 2),),
    7: ((3, 2),),
    8: ((2, 3),),
    9: ((2, 0),),
    10: ((0, 1), (2, 3)),
    11: ((2, 1),),
    12: ((1, 3),),
    13: ((1, 0),),
    14: ((0, 3),),
}


def contour(values: npt.NDArray[np.floating], level: float) -> Segments:
    """Return the pieces of the level line, shape (pieces, 2, 2): start and end as (column, row) in lattice steps.

    No line is drawn next to a point that is not a number.
    """
    above = values > level
    case = above[:-1, :-1] * 1 + above[:-1, 1:] * 2 + above[1:, 1:] * 4 + above[1:, :-1] * 8
    known = np.isfinite(values)
    whole = known[:-1, :-1] & known[:-1, 1:] & known[1:, 1:] & known[1:, :-1]
    rows, columns = np.nonzero((case > 0) & (case < 15) & whole)
    if not rows.size:
        return np.empty((0, 2, 2))
    cases = case[rows, columns]
    points = _edge_points(values.astype(np.float64) - level, rows, columns)
    found = []
    for number, pieces in _PIECES.items():
        here = np.flatnonzero(cases == number)
        for start, end in pieces:
            found.append(np.stack([points[start][here], points[end][here]], axis=1))
    return np.concatenate(found)


def _edge_points(v: npt.NDArray[np.float64], r: npt.NDArray[np.intp], c: npt.NDArray[np.intp]) -> list[npt.NDArray[np.float64]]:
    """Return, for each of the four edges of each square, the point where the field is zero."""

    def between(r0: npt.NDArray[np.intp], c0: npt.NDArray[np.intp], dr: int, dc: int) -> npt.NDArray[np.float64]:
        a, b = v[r0, c0], v[r0 + dr, c0 + dc]
        gap = np.where(a == b, 1.0, a - b)
        t = np.clip(a / gap, 0.0, 1.0)
        return np.column_stack([c0 + dc * t, r0 + dr * t])

    return [between(r, c, 0, 1), between(r, c + 1, 1, 0), between(r + 1, c, 0, 1), between(r, c, 1, 0)]


def chained(segments: Segments) -> list[npt.NDArray[np.float64]]:
    """Join pieces that share ends into polylines (a closed one ends where it began)."""
    keys = np.round(segments * FINE).astype(np.int64)
    nodes, at = np.unique(keys[..., 0] * WIDE + keys[..., 1], return_inverse=True)
    mesh = _Mesh(at.reshape(-1, 2), nodes.size)
    points = np.column_stack([nodes // WIDE, nodes % WIDE]) / FINE
    lines = []
    for first, (start, end) in enumerate(mesh.pieces):
        if mesh.left[first]:
            mesh.left[first] = False
            forward, backward = mesh.walk(end), mesh.walk(start)
            lines.append(points[[*reversed(backward), start, end, *forward]])
    return lines


class _Mesh:
    """Pieces by the numbers of their ends, and at each end the pieces that meet there."""

    def __init__(self, pieces: npt.NDArray[np.intp], nodes: int) -> None:
        self.pieces: list[list[int]] = pieces.tolist()
        self.left = [True] * len(self.pieces)
        flat = pieces.ravel()
        self._meeting: list[int] = (np.argsort(flat, kind="stable") // 2).tolist()
        self._from: list[int] = [0, *np.cumsum(np.bincount(flat, minlength=nodes)).tolist()]

    def walk(self, at: int) -> list[int]:
        """Return the ends one comes to from an end, taking each piece that is left once."""
        out: list[int] = []
        while True:
            here = self._meeting[self._from[at] : self._from[at + 1]]
            following = next((piece for piece in here if self.left[piece]), -1)
            if following < 0:
                return out
            self.left[following] = False
            start, end = self.pieces[following]
            at = end if start == at else start
            out.append(at)
