"""The manifest: what was asked of a sweep, of which code, and in which sittings it was played."""

import fcntl
import hashlib
import json
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from model.configuration.plain_file import bytes_of
from model.recording.provenance import commit, versions
from sweeps.results import layout
from sweeps.storage import OutputProblem, write_whole

RNG = "Philox 4x64, one stream a process, key = SeedSequence(seed, crc32(name))"


class OtherSweep(Exception):  # noqa: N818 (said as it is)
    """The folder holds another design, or runs of other code; nothing was run."""

    exit_code = 4


def content(text: bytes) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(text).hexdigest()


def machine() -> dict[str, Any]:
    """Return what the sweep runs on and with."""
    return {
        "platform": platform.platform(),
        "cpus": os.cpu_count(),
        "versions": versions(),
        "commit": commit(),
        "rng": RNG,
    }


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest of a folder (OutputProblem if it holds none)."""
    try:
        told = json.loads(bytes_of(folder / layout.MANIFEST, _LARGEST))
    except FileNotFoundError:
        msg = f"{folder}: holds no sweep (no {layout.MANIFEST})"
        raise OutputProblem(msg) from None
    except (OSError, ValueError, RecursionError) as problem:
        msg = f"{folder / layout.MANIFEST}: cannot be read: {problem}"
        raise OutputProblem(msg) from None
    form = told.get("format") if isinstance(told, dict) else None
    if form != layout.FORMAT:
        msg = f"{folder / layout.MANIFEST}: is of format {form}, this version reads {layout.FORMAT}"
        raise OutputProblem(msg)
    missing = [name for name, kind in _KEYS.items() if not isinstance(told.get(name), kind)]
    if missing:
        msg = f"{folder / layout.MANIFEST}: is damaged: lacks {', '.join(missing)}, or holds something else there"
        raise OutputProblem(msg)
    found: dict[str, Any] = told
    return found


_LARGEST = 100_000_000  # bytes
_KEYS: dict[str, type] = {
    "name": str, "scenario": str, "sweep": dict, "design_hash": str, "runs": int, "most_runs": int, "factors": dict,
    "varied": list, "seeds": str, "outcomes": list, "analyse": dict, "code": dict, "machine": dict, "sittings": list,
}  # fmt: skip


def write(folder: Path, told: Mapping[str, Any]) -> None:
    """Write the manifest whole."""
    write_whole(folder / layout.MANIFEST, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


@contextmanager
def changing(folder: Path) -> Iterator[dict[str, Any]]:
    """Open the manifest for a change that no other shard disturbs."""
    with alone(folder, "manifest"):
        told = read(folder)
        yield told
        write(folder, told)


@contextmanager
def alone(folder: Path, name: str, *, refuse: str = "") -> Iterator[None]:
    """Hold a lock of the folder, waiting for it, or refusing with a word; it falls with the process, however that ends."""
    with (folder / f".{name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (fcntl.LOCK_NB if refuse else 0))
        except BlockingIOError:
            raise OutputProblem(refuse) from None
        yield


def compare(told: Mapping[str, Any], *, design: str, code: str, folder: Path, allow_code: bool) -> None:
    """Raise OtherSweep if a folder is of another design, or of other code and that was not allowed."""
    if told["design_hash"] != design:
        msg = f"{folder}: holds the sweep '{told['name']}' of another design; name another folder with --out"
        raise OtherSweep(msg)
    if told["code"]["hash"] != code and not allow_code:
        msg = (
            f"{folder}: its runs were played by other code ({told['code']['hash'][:8]}, here {code[:8]}); take another folder, "
            "or --allow-code-change to mix them"
        )
        raise OtherSweep(msg)
