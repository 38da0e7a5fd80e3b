"""A comparison in words, as JSON, and as a table."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sweeps.comparison.figures import figures
from sweeps.comparison.lockstep import Failed, Pair, Told
from sweeps.comparison.paired_figures import Line, lines, seeds_to_watch
from sweeps.report.words import count, number, share

Names = tuple[str, str]


def text(names: Names, pairs: Sequence[Pair], failed: Sequence[Failed]) -> str:
    """Return the whole comparison in words, civilians first."""
    head = [f"A  {names[0]}", f"B  {names[1]}", _seeds(pairs), ""]
    if not pairs:
        return "\n".join([*head, *_failures(failed)])
    found = lines(pairs)
    return "\n".join([*head, *_groups(found), *_apart(pairs), *_watch(names, pairs, found), *_failures(failed), *_caution(pairs)])


def _seeds(pairs: Sequence[Pair]) -> str:
    return f"{count(len(pairs), 'seed')}, each played in both; B minus A, means with paired 95 % intervals."


def _groups(found: Sequence[Line]) -> list[str]:
    said = []
    for group in dict.fromkeys(line.figure.group for line in found):
        mine = [line for line in found if line.figure.group == group]
        moving = [line for line in mine if line.paired.share_equal < 1]
        still = [line for line in mine if line.paired.share_equal == 1]
        said += [group, *(f"  {_line(line)}" for line in moving)]
        if still:
            said.append(f"  the same in every seed: {', '.join(_same(line) for line in still)}")
        said.append("")
    return said


def _same(line: Line) -> str:
    if line.mean_from != line.paired.median_from or (line.figure.yes_no and line.mean_from not in {0.0, 1.0}):
        return line.figure.name
    value = ("no", "yes")[int(line.mean_from)] if line.figure.yes_no else number(line.mean_from)
    return f"{line.figure.name} {value}"


def _line(line: Line) -> str:
    figure, difference = line.figure, line.paired.difference
    write = share if figure.yes_no else number
    unit = f" {figure.unit}" if figure.unit else ""
    limits = ""
    if math.isfinite(difference.low):
        limits = f" [{_signed(difference.low, yes_no=figure.yes_no)} … {_signed(difference.high, yes_no=figure.yes_no)}]"
    change = _signed(difference.value, yes_no=figure.yes_no)
    return f"{figure.name}: {write(line.mean_from)} → {write(line.mean_to)}{unit}, {change}{limits}; {_verdict(line)}"


def _signed(value: float, *, yes_no: bool) -> str:
    text_ = f"{100 * value:.0f} points" if yes_no else number(value)
    return text_.replace("-", "−") if value <= 0 else f"+{text_}"


def _verdict(line: Line) -> str:
    p = line.paired
    ups, downs = round(p.share_up * p.pairs), round(p.share_down * p.pairs)
    moved = f"more in {ups}, less in {downs} of {count(p.pairs, 'seed')}"
    if not math.isfinite(p.difference.low):
        return "one seed: no interval"
    if p.difference.low > 0:
        return f"more in B ({moved})"
    if p.difference.high < 0:
        return f"less in B ({moved})"
    return f"no difference can be shown ({moved})"


def _apart(pairs: Sequence[Pair]) -> list[str]:
    parted = [pair for pair in pairs if pair.divergence.turn is not None]
    if not parted:
        return ["Where they part", "  Nowhere: every seed plays the same in both, to the last bit.", ""]
    first = min(parted, key=lambda pair: (pair.divergence.turn or 0, pair.seed))
    where = first.divergence
    same = f"; {count(len(pairs) - len(parted), 'seed')} never part" if len(parted) < len(pairs) else ""
    said = [
        "Where they part",
        f"  State: seed {first.seed}, turn {where.turn} ({where.date}){same}.",
        *(f"  {letter} alone: {_told(told)}" for letter, told in (("A", where.first), ("B", where.second)) if told),
    ]
    if where.turn == 0:
        said.insert(2, "  They differ before the first turn: the settings change what is there at the start.")
    return [*said, ""]


def _told(told: Told) -> str:
    return f"turn {told.turn} ({told.date}), {told.kind.replace('_', ' ')}: {told.text}"


def _watch(names: Names, pairs: Sequence[Pair], found: Sequence[Line]) -> list[str]:
    if len(pairs) < 2 or (watched := seeds_to_watch(pairs, found)) is None:
        return []
    line, least, most = watched
    seeds = {
        pair.seed: (figures(pair.first)[line.figure.name].value, figures(pair.second)[line.figure.name].value) for pair in pairs
    }
    return [
        "Seeds to watch",
        *(
            f"  seed {seed}: {line.figure.name} {number(seeds[seed][0])} → {number(seeds[seed][1])} (B {word})"
            for seed, word in ((least, "least against A"), (most, "most against A"))
        ),
        *(f"  python run.py watch {_typed(name)} --seed {least}" for name in dict.fromkeys(names)),
        "",
    ]


def _typed(name: str) -> str:
    scenario, _, settings = name.partition("+")
    return " ".join([scenario, *(f"--set {word}" for word in settings.split(",") if word)])


def _failures(failed: Sequence[Failed]) -> list[str]:
    return ["Failed", *(f"  seed {one.seed}: {one.why}" for one in failed), ""] if failed else []


def _caution(pairs: Sequence[Pair]) -> list[str]:
    few = "Few seeds: an interval from less than ten pairs is rough. " if len(pairs) < 10 else ""
    return [f"{few}Intervals tell the play of chance within the model, not how far the model is from the war."]


def record(names: Names, pairs: Sequence[Pair], failed: Sequence[Failed]) -> dict[str, Any]:
    """Return the comparison as plain values for JSON."""
    found = lines(pairs) if pairs else []
    return {
        "a": names[0],
        "b": names[1],
        "seeds": [pair.seed for pair in pairs],
        "figures": [_record(line) for line in found],
        "divergence": [{"seed": pair.seed, **asdict(pair.divergence)} for pair in pairs],
        "failed": [asdict(one) for one in failed],
    }


def _record(line: Line) -> dict[str, Any]:
    difference = line.paired.difference
    low, high = (None if math.isnan(limit) else limit for limit in (difference.low, difference.high))
    return {
        "group": line.figure.group,
        "name": line.figure.name,
        "unit": line.figure.unit,
        "yes_no": line.figure.yes_no,
        "mean_a": line.mean_from,
        "mean_b": line.mean_to,
        "difference": difference.value,
        "low": low,
        "high": high,
        "median_a": line.paired.median_from,
        "median_b": line.paired.median_to,
        "share_up": line.paired.share_up,
        "share_down": line.paired.share_down,
    }


def pairs_csv(pairs: Sequence[Pair]) -> str:
    """Return a row a seed and figure: its value in A and in B."""
    made = io.StringIO()
    table = csv.writer(made, lineterminator="\n")
    table.writerow(["seed", "figure", "unit", "a", "b", "difference"])
    for pair in pairs:
        after = figures(pair.second)
        for name, figure in figures(pair.first).items():
            if name in after:
                table.writerow([pair.seed, name, figure.unit, figure.value, after[name].value, after[name].value - figure.value])
    return made.getvalue()
