"""What the drills have tried and lost, counted as they go; `make drill` writes the tables of docs/RELIABILITY.md from it."""

from collections import Counter
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- counted: written by make drill -->", "<!-- end of what was counted -->"
TRIED: Counter[str] = Counter()
LOST: Counter[str] = Counter()
ENGINES: list[tuple[str, str, int, bool, str]] = []
"""Engine, fault, runs lost, whether the tables were byte-equal, the test."""


def tried(what: str, count: int = 1, lost: int = 0) -> None:
    """Count inputs or faults of a kind, and what was lost by them."""
    TRIED[what] += count
    LOST[what] += lost


def disturbed(engine: str, fault: str, lost: int, same: bool, test: str) -> None:
    """Note what a fault did to a sweep on an engine."""
    ENGINES.append((engine, fault, lost, same, test))
    tried("faults under a sweep of the campaign", 1, lost)


def tables(passed: Counter[str], failed: Counter[str], skipped: Counter[str]) -> str:
    """Return what was counted, what sweeps lost, and how the drills of each file ended."""
    lines = ["| inputs tried and faults injected | count | losses, tracebacks, hangs |", "|---|---|---|"]
    lines += [f"| {what} | {count:,} | {LOST[what]:,} |" for what, count in sorted(TRIED.items())]
    lines += ["", "| engine | fault | runs lost | tables byte-equal | test |", "|---|---|---|---|---|"]
    lines += [
        f"| {engine} | {fault} | {lost} | {'yes' if same else 'NO'} | `{test}` |" for engine, fault, lost, same, test in ENGINES
    ]
    lines += ["", "| drills | passed | failed | skipped |", "|---|---|---|---|"]
    lines += [f"| `{file}` | {passed[file]} | {failed[file]} | {skipped[file]} |" for file in sorted(passed | failed | skipped)]
    return "\n".join(lines)


def _said(same: bool) -> str:
    return "yes" if same else "NO"


def write(head: str, passed: Counter[str], failed: Counter[str], skipped: Counter[str]) -> None:
    """Write the tables into the page, between its two marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\n{head}\n\n{tables(passed, failed, skipped)}\n{END}{after}", encoding="utf-8")
