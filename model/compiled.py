"""How the hot laws are compiled: numba, exactly, with a cache that cannot go stale.

numba's own cache looks only at the file of the compiled function, so a constant or a callee changed in another file
would go unnoticed. The cache folder is therefore named by the content of every file that a kernel may read.
`NUMBA_DISABLE_JIT=1` runs the same source as plain Python, with the same results to the last bit.
"""

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import numpy as np

HERE = Path(__file__).parent
P = ParamSpec("P")
R = TypeVar("R")


def cache_home() -> Path:
    """Return the folder for everything that can be made again (`TORGAU_CACHE`, else `.cache` of the checkout)."""
    return Path(os.environ.get("TORGAU_CACHE", HERE.parent / ".cache"))


def kernels() -> list[Path]:
    """Return every source file that a compiled law stands in or reads."""
    single = ("ledger", "compiled", "orders", "layers", "zones", "refuge", "open_country")
    rules = {*HERE.glob("rules/*.py"), *HERE.glob("map/*.py")}
    others = {*HERE.rglob("*.py"), *HERE.parent.glob("agents/**/*.py")} - rules
    return sorted(rules | {source for source in others if source.stem in single or b"@law" in source.read_bytes()})


def _content_of_kernels() -> str:
    """Return a short hash of every source file a compiled law may depend on."""
    digest = hashlib.sha256(sys.version.encode())
    for source in kernels():
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


os.environ.setdefault("NUMBA_CACHE_DIR", str(cache_home() / f"numba-{_content_of_kernels()}"))

import numba  # noqa: E402  (the cache folder must be named before numba is imported)

PLAIN = bool(numba.config.DISABLE_JIT)


def law(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a law: no fast-math, no parallelism, division as NumPy does it, cached on disk."""
    compiled: Callable[P, R] = numba.njit(cache=True, error_model="numpy", nogil=True)(function)
    return compiled


def readable(rows: Any) -> Any:
    """Return rows so that `rows[i].field` works in plain Python as it does in compiled code."""
    return rows.view(np.recarray) if PLAIN else rows


def kernels_are_new() -> bool:
    """Say whether no law has been compiled yet for this version of the rules."""
    return not PLAIN and not Path(os.environ["NUMBA_CACHE_DIR"]).exists()
