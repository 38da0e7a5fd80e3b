"""What the command line asks of a sweep beyond its file."""

from dataclasses import dataclass
from pathlib import Path

from sweeps.design.runs import Shard


@dataclass(frozen=True, slots=True)
class Asked:
    """Options of one sitting."""

    out: Path | None = None
    workers: int = 1
    engine: str = "local"
    scheduler: str = ""
    shard: Shard | None = None
    resume: bool = False
    retry_failed: bool = False
    allow_code: bool = False
    budget_s: float | None = None
    reuse: tuple[Path, ...] = ()
    fail_fast: bool = False
    max_failures: float | None = None
    report: bool = True
    quiet: bool = False
