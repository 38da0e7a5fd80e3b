"""What the drills came to, kept in docs/reliability: a file of JSON for each file of drills, an entry for each that has ended.

So `make drill` can be run in pieces, and one that is broken off loses nothing. The tables of docs/RELIABILITY.md are made
of these entries and of nothing else.
"""

import fcntl
import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME, PAGE = ROOT / "docs" / "reliability", ROOT / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- counted: written by make drill -->", "<!-- end of what was counted -->"
SOURCES = ("run.py", "model/**/*.py", "agents/**/*.py", "sweeps/**/*.py", "viz/**/*.py", "configs/**/*", "tests/drills/*.py")
ENDS = ("passed", "failed", "skipped")


@lru_cache(maxsize=1)
def sources() -> str:
    """Return a short hash of the sources that are drilled, and of the drills."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in ROOT.glob(pattern) if path.is_file()}):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]


def home_of(file: str) -> Path:
    """Return where the entries of a file of drills are kept."""
    return HOME / (Path(file).stem.removeprefix("test_") + ".json")


def entries(file: str) -> dict[str, dict]:
    """Return what is kept of a file's drills, by name."""
    path = home_of(file)
    return json.loads(path.read_text(encoding="utf-8"))["drills"] if path.exists() else {}


def keep(nodeid: str, entry: dict) -> None:
    """Keep what a drill came to, in place of what it came to before."""
    file, _, name = nodeid.partition("::")
    with _alone():
        _save(file, entries(file) | {name: entry})


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other pieces of `make drill` waiting."""
    HOME.mkdir(exist_ok=True)
    folder = os.open(HOME, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def _save(file: str, drills: dict[str, dict]) -> None:
    lines = [f"{json.dumps(name)}: {json.dumps(drills[name], ensure_ascii=False)}" for name in sorted(drills)]
    _write(home_of(file), f'{{"file": {json.dumps(file)}, "drills": {{\n' + ",\n".join(lines) + "\n}}\n")


def forget_all_but(file: str, names: set[str]) -> None:
    """Drop the entries of drills that are no more."""
    with _alone():
        was = entries(file)
        if set(was) - names:
            _save(file, {name: entry for name, entry in was.items() if name in names})


def passed(nodeid: str) -> bool:
    """Say whether a drill has passed with the sources as they are."""
    file, _, name = nodeid.partition("::")
    entry = entries(file).get(name, {})
    return entry.get("ended") == "passed" and entry.get("sources") == sources()


def _write(path: Path, text: str) -> None:
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)


def everything() -> list[dict]:
    """Return all that is kept, a dictionary for each file of drills."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(HOME.glob("*.json"))]


def tables() -> str:
    """Return what was counted, what sweeps lost, and how the drills of each file ended."""
    files = everything()
    drills = [entry for each in files for entry in each["drills"].values()]
    if not drills:
        return "Nothing was drilled yet."
    lines = [_head(drills), "", "| inputs tried and faults injected | count | losses, tracebacks, hangs |", "|---|---|---|"]
    count, lost = Counter(), Counter()
    for entry in drills:
        for what, (number, losses) in entry["tried"].items():
            count[what] += number
            lost[what] += losses
    lines += [f"| {what} | {count[what]:,} | {lost[what]:,} |" for what in sorted(count, key=lambda what: what.strip("`-"))]
    lines += ["", "| engine | fault | runs lost | tables byte-equal | test |", "|---|---|---|---|---|"]
    lines += [
        f"| {engine} | {fault} | {losses} | {'yes' if same else 'NO'} | `{name.partition('[')[0]}` |"
        for each in files
        for name, entry in each["drills"].items()
        for engine, fault, losses, same in entry.get("engines", ())
    ]
    lines += ["", "| drills | passed | failed | skipped | minutes | last run |", "|---|---|---|---|---|---|"]
    lines += [_line(each) for each in files]
    return "\n".join(lines + _failures(files))


def _head(drills: list[dict]) -> str:
    days = sorted(entry["day"] for entry in drills)
    span = days[0] if days[0] == days[-1] else f"{days[0]} to {days[-1]}"
    minutes = sum(entry["seconds"] for entry in drills) / 60
    return f"{len(drills)} drills, run {'on' if days[0] == days[-1] else 'from'} {span}, {minutes:.0f} minutes in all."


def _line(each: dict) -> str:
    drills = each["drills"].values()
    ends = Counter(entry["ended"] for entry in drills)
    minutes = sum(entry["seconds"] for entry in drills) / 60
    return (
        f"| `{each['file']}` | {' | '.join(str(ends[end]) for end in ENDS)} | {minutes:.1f} | {max(e['day'] for e in drills)} |"
    )


def _failures(files: list[dict]) -> list[str]:
    failed = [
        f"- `{each['file']}::{name}`: {entry.get('why', '')}"
        for each in files
        for name, entry in each["drills"].items()
        if entry["ended"] == "failed"
    ]
    return ["", "Failed when last run:", "", *failed] if failed else []


def written(page: str) -> str:
    """Return the page with the tables between its two marks."""
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    return f"{before}{BEGIN}\n{tables()}\n{END}{after}"


def write() -> None:
    """Write the tables into the page."""
    _write(PAGE, written(PAGE.read_text(encoding="utf-8")))
