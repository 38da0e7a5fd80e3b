"""Which code played a run: a hash of its sources, the same in every checkout of them."""

import hashlib
from functools import lru_cache
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
_OWN = tuple(
    f"sweeps/{name}.py"
    for name in ("design/conditions", "results/books", "results/days", "results/flat_row", "running/play", "running/situations")
)
_SOURCES = ("model/**/*.py", "agents/**/*.py", "configs/map/**/*", *_OWN)


@lru_cache(maxsize=1)
def code_hash() -> str:
    """Return the sha256 of all that decides how a scenario is played; the scenario itself is hashed with the design."""
    digest = hashlib.sha256()
    files = {path for pattern in _SOURCES for path in CHECKOUT.glob(pattern) if path.is_file()}
    for path in sorted(files):
        digest.update(path.relative_to(CHECKOUT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
