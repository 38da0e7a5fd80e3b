"""What the drills have tried, counted as they go; `make drill` writes the table of docs/RELIABILITY.md from it."""

from collections import Counter
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "RELIABILITY.md"
BEGIN, END = "<!-- counted: written by make drill -->", "<!-- end of what was counted -->"
TRIED: Counter[str] = Counter()
BROKEN: Counter[str] = Counter()


def tried(what: str, count: int = 1) -> None:
    """Count inputs or faults of a kind."""
    TRIED[what] += count


def table(passed: Counter[str], failed: Counter[str]) -> str:
    """Return what was counted, and how many tests of each file of drills ended how."""
    lines = ["| inputs tried and faults injected | count |", "|---|---|"]
    lines += [f"| {what} | {count:,} |" for what, count in sorted(TRIED.items())]
    lines += ["", "| drills | passed | failed (losses, tracebacks, hangs) |", "|---|---|---|"]
    lines += [f"| `{file}` | {passed[file]} | {failed[file]} |" for file in sorted(passed | failed)]
    return "\n".join(lines)


def write(passed: Counter[str], failed: Counter[str], when: str) -> None:
    """Write the table into the page, between its two marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    PAGE.write_text(f"{before}{BEGIN}\nRun of {when}.\n\n{table(passed, failed)}\n{END}{after}", encoding="utf-8")
