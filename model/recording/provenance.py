"""Where a run comes from: enough to make it again."""

import hashlib
import json
import platform
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from model.account.frame import Opening
from model.scenario import Scenario

CHECKOUT = Path(__file__).parents[2]
_PACKAGES = ("numpy", "numba", "mesa", "pydantic")
_PASSING = frozenset({"command", "started"})


def provenance(scenario: Scenario, opening: Opening, overrides: Sequence[str] = ()) -> dict[str, Any]:
    """Return where a run that starts now comes from, as JSON would hold it.

    Parameters
    ----------
    overrides
        The `--set path=value` given on the command line, in their order.
    """
    return {
        "format": 1,
        "scenario": opening.scenario,
        "seed": opening.seed,
        "config_digest": config_digest(scenario),
        "map": opening.map_name,
        "map_digest": opening.map_digest,
        "overrides": list(overrides),
        "versions": versions(),
        "commit": commit(),
        "command": command(),
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def lasting(provenance: Mapping[str, Any]) -> dict[str, Any]:
    """Return the part of a provenance that is the same whenever the same run is made again."""
    return {name: value for name, value in provenance.items() if name not in _PASSING}


def config_digest(scenario: Scenario) -> str:
    """Return the sha256 of a resolved scenario: equal for equal situations, whatever files they came from."""
    text = json.dumps(scenario.model_dump(mode="json"), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def versions() -> dict[str, str]:
    """Return the versions that a run depends on."""
    return {"torgau": _own_version(), "python": platform.python_version()} | {name: _version(name) for name in _PACKAGES}


def command() -> str:
    """Return the command that started this process, without the folder it lies in."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])


def commit() -> str | None:
    """Return the checkout's commit (ending in `+` if files have changed since), None where there is none."""
    if not (CHECKOUT / ".git").exists():
        return None
    head = _git("rev-parse", "HEAD")
    return head and head + ("+" if _git("status", "--porcelain", "--untracked-files=no") else "")


def _git(*words: str) -> str | None:
    try:
        done = subprocess.run(["git", *words], cwd=CHECKOUT, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _own_version() -> str:
    own = CHECKOUT / "pyproject.toml"
    if own.is_file():
        return str(tomllib.loads(own.read_text(encoding="utf-8"))["project"]["version"])
    return _version("torgau")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
