"""What a drill has tried and lost, counted while it runs; `tests/drills/progress.py` takes it down when the drill has ended."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time

TRIED: Counter[str] = Counter()
LOST: Counter[str] = Counter()
ENGINES: list[tuple[str, str, int, bool]] = []
"""Engine, fault, runs lost, whether the tables were byte-equal."""


def tried(what: str, count: int = 1, lost: int = 0) -> None:
    """Count inputs or faults of a kind, and what was lost by them."""
    TRIED[what] += count
    LOST[what] += lost


@contextmanager
def trial(what: str, seconds: float = 20.0) -> Iterator[None]:
    """Hold a trial to its processor time; one that ends in an error, or takes longer, is counted as lost."""
    begun = process_time()
    try:
        yield
        spent = process_time() - begun
        assert spent < seconds, f"took {spent:.0f} s of processor time"
    except BaseException:
        tried(what, 1, 1)
        raise


def disturbed(engine: str, fault: str, lost: int, same: bool) -> None:
    """Note what a fault did to a sweep on an engine."""
    ENGINES.append((engine, fault, lost, same))
    tried("faults under a sweep of the campaign", 1, lost)


def begin() -> None:
    """Forget what an earlier drill has counted."""
    TRIED.clear()
    LOST.clear()
    ENGINES.clear()


def taken() -> dict[str, object]:
    """Return what this drill has counted, as plain values."""
    counts = {what: [count, LOST[what]] for what, count in sorted(TRIED.items())}
    return {"tried": counts} | ({"engines": [list(line) for line in ENGINES]} if ENGINES else {})
