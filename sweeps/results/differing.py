"""Two sweeps held against each other, run by run: the same settings and seed, did they come to the same end?"""

from pathlib import Path
from typing import Any

from sweeps.results import layout
from sweeps.results.manifest import read
from sweeps.results.tables import load
from sweeps.storage import OutputProblem


def differences(one: Path, other: Path) -> dict[str, Any]:
    """Return how many runs both sweeps have, how many are equal, and which figures moved by how much, most first."""
    paths = sorted(set(read(one)["factors"]) & set(read(other)["factors"]))
    left, right = (load(folder, series=False)[0] for folder in (one, other))
    branches = [name for name in (layout.POLICY, layout.WORLD) if name in left.columns and name in right.columns]
    keys = [*paths, *branches, layout.SEED]
    pairs = left.merge(right, on=keys, suffixes=("", "|other"))
    if not len(pairs):
        msg = f"{one} and {other}: have no run of the same settings and seed"
        raise OutputProblem(msg)
    moved: dict[str, dict[str, float]] = {}
    unequal = pairs[layout.STATUS] != pairs[f"{layout.STATUS}|other"]
    for name in left.columns:
        twin = f"{name}|other"
        if not name.startswith(layout.OUTCOME) or twin not in pairs.columns:
            continue
        apart = (pairs[name] != pairs[twin]) & ~(pairs[name].isna() & pairs[twin].isna())
        unequal |= apart
        if apart.any() and pairs[name].dtype.kind in "if" and pairs[twin].dtype.kind in "if":
            by = (pairs[twin] - pairs[name])[apart]
            moved[name.removeprefix(layout.OUTCOME)] = {"mean": float(by.mean()), "runs": int(apart.sum())}
    order = sorted(moved, key=lambda name: (-moved[name]["runs"], name))
    return {"pairs": len(pairs), "equal": int((~unequal).sum()), "moved": {name: moved[name] for name in order}}
