"""The indices of a design that was laid out for them: Morris's trajectories, Sobol's blocks."""

import csv

import numpy as np

from model.configuration.plain_file import text_of
from sweeps.analysis.indices import RESAMPLES, Indices, morris, sobol
from sweeps.analysis.intervals import Floats
from sweeps.report.reading import Sweep
from sweeps.results.layout import POINT
from sweeps.storage import OutputProblem

SAMPLE = "points_unit.csv"  # the design in 0 … 1, in the order that the analysers need
_LARGEST = 500_000_000  # bytes of it


def designed(sweep: Sweep, outcome: Floats) -> Indices | None:
    """Return the indices of an outcome (a figure a run); the points of the design are in the analyser's order.

    None if the folder lacks the design's sample, or it has no whole trajectory or block.
    """
    kind, means = str(sweep.design.get("type")), sweep.by_point(outcome)
    factors, unit = _sample(sweep)
    if not factors:
        return None
    y = np.full(len(unit), np.nan)
    y[sweep.points[POINT].to_numpy()] = means
    resamples = int((sweep.manifest.get("analyse") or {}).get("bootstrap") or RESAMPLES)
    if kind == "morris":
        return morris(factors, unit, y, int(sweep.design.get("levels", 4)), resamples)
    second = bool(sweep.design.get("second_order"))
    step = (2 if second else 1) * len(factors) + 2
    return sobol(factors, y[: len(y) // step * step].reshape(-1, step), second_order=second, resamples=resamples)


def _sample(sweep: Sweep) -> tuple[list[str], Floats]:
    """Return the factors of the design and its points in the unit cube; OutputProblem if the file does not fit the runs."""
    path = sweep.path / SAMPLE
    if not path.exists():
        return [], np.zeros((0, 0))
    try:
        head, *rows = list(csv.reader(text_of(path, _LARGEST).splitlines()))
        table = np.array(rows, dtype=np.float64).reshape(len(rows), len(head))
    except (OSError, ValueError, csv.Error) as wrong:
        msg = f"{path}: cannot be read: {getattr(wrong, 'strerror', None) or wrong}"
        raise OutputProblem(msg) from None
    places = [i for i, name in enumerate(head) if name != POINT]
    if POINT not in head or len(set(head)) < len(head) or not np.isfinite(table).all() or len(rows) <= sweep.points[POINT].max():
        msg = f"{path}: are not the points of this sweep's runs"
        raise OutputProblem(msg)
    return [head[i] for i in places], table[:, places]
