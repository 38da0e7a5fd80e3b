"""Looking at sweeps: `sweep status`, `show`, `diff` and `verify`."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from model.configuration.problems import ConfigProblems, Problem, suggestion
from sweeps.design.conditions import FORM, all_hold, parsed
from sweeps.results import layout, manifest
from sweeps.results.tables import digests, load

if TYPE_CHECKING:
    import pandas as pd

DIFFERENT = 3


def main(verb: str, words: Sequence[str]) -> int:
    """Run one verb and return the exit code: 0 done, 2 bad input, 3 what was compared differs."""
    options = _parser(verb).parse_args(words)
    return {"status": _status, "show": _show, "diff": _diff, "verify": _verify}[verb](options)


def _parser(verb: str) -> argparse.ArgumentParser:
    words = argparse.ArgumentParser(prog=f"run.py sweep {verb}")
    words.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    words.add_argument("--json", action="store_true", help="print JSON")
    if verb == "show":
        words.add_argument("--where", action="append", default=[], metavar="CONDITION", help="such as 'survived == false'")
        words.add_argument("--sort", default=layout.RUN, metavar="COLUMN")
        words.add_argument("--top", type=int, default=20, metavar="N")
        words.add_argument("--columns", default="", metavar="A,B", help="columns besides the varied ones")
    if verb == "verify":
        words.add_argument("--sample", type=int, default=20, metavar="N", help="runs that are played again (default 20)")
    return words


def _status(options: argparse.Namespace) -> int:
    for folder in options.folders:
        told = manifest.read(folder)
        outcomes, _ = load(folder, series=False)
        counts = outcomes[layout.STATUS].value_counts().to_dict() if layout.STATUS in outcomes else {}
        said = {
            "folder": str(folder), "name": told["name"], "done": len(outcomes), "runs": told["runs"],
            "status": {str(name): int(count) for name, count in counts.items()}, "finished": told["finished"],
            "sittings": len(told["sittings"]), "digests": digests(folder) if len(outcomes) else {},
        }  # fmt: skip
        if options.json:
            print(json.dumps(said))
            continue
        states = ", ".join(f"{count} {name}" for name, count in said["status"].items())
        end = "finished" if told["finished"] else f"not finished; go on with: python run.py sweep {folder} --resume"
        print(f"{told['name']} ({folder}): {len(outcomes):,} of {told['runs']:,} runs ({states}); {end}")
        for name, digest in said["digests"].items():
            print(f"  {name} sha256 {digest}")
    return 0


def column(name: str, outcomes: "pd.DataFrame") -> str:
    """Return the column that a name stands for, with or without `outcome.`; ConfigProblems if there is none."""
    for candidate in (name, layout.OUTCOME + name):
        if candidate in outcomes.columns:
            return candidate
    known = [known.removeprefix(layout.OUTCOME) for known in outcomes.columns]
    raise ConfigProblems([Problem("sweep show", 0, name, f"the tables have no such column{suggestion(name, known)}")])


def _show(options: argparse.Namespace) -> int:
    for folder in options.folders:
        told = manifest.read(folder)
        outcomes, _ = load(folder, series=False)
        found = _filtered(outcomes, options.where)
        found = found.sort_values(column(options.sort, outcomes), ascending=options.sort == layout.RUN).head(options.top)
        asked = [name for name in options.columns.split(",") if name] or told["outcomes"]
        known = [name for name in asked if name in outcomes.columns or layout.OUTCOME + name in outcomes.columns]
        if options.columns and known != asked:
            column(next(name for name in asked if name not in known), outcomes)
        branches = [name for name in (layout.POLICY, layout.WORLD) if name in outcomes.columns]
        names = [layout.RUN, layout.REP, layout.STATUS, *branches, *told["varied"], *(column(name, outcomes) for name in known)]
        rows = found[list(dict.fromkeys(names))]
        if options.json:
            print(rows.to_json(orient="records"))
        else:
            _print(rows)
    return 0


def _filtered(outcomes: "pd.DataFrame", where: Sequence[str]) -> "pd.DataFrame":
    conditions = []
    for text in where:
        found = parsed(text)
        if found is None:
            raise ConfigProblems([Problem("--where", 0, text, FORM)])
        for comparison in found:
            column(comparison.left, outcomes)
        conditions.append(found)
    if not conditions:
        return outcomes
    kept = [all_hold(tuple(conditions), _named(row)) for row in outcomes.to_dict("records")]
    return outcomes[kept]


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return row | {name.removeprefix(layout.OUTCOME): value for name, value in row.items()}


def _print(rows: "pd.DataFrame") -> None:
    table = Table(box=None)
    for name in rows.columns:
        table.add_column(name.removeprefix(layout.OUTCOME), justify="right", overflow="fold")
    for row in rows.itertuples(index=False):
        table.add_row(*(f"{value:.6g}" if isinstance(value, float) else str(value) for value in row))
    Console().print(table)


def _diff(options: argparse.Namespace) -> int:
    if len(options.folders) != 2:
        raise ConfigProblems([Problem("sweep diff", 0, "", "compares two folders")])
    from sweeps.results.differing import differences

    told = differences(*options.folders)
    if options.json:
        print(json.dumps(told))
    else:
        print(f"{told['pairs']:,} runs with the same settings and seed in both; {told['equal']:,} came to the same end")
        for name, by in list(told["moved"].items())[:20]:
            print(f"  {name}: {by['mean']:+.6g} on average, in {by['runs']} runs")
    return 0 if told["pairs"] == told["equal"] else DIFFERENT


def _verify(options: argparse.Namespace) -> int:
    from sweeps.single.again import verify

    wrong = 0
    for folder in options.folders:
        checked, different = verify(folder, options.sample)
        wrong += len(different)
        if options.json:
            print(json.dumps({"folder": str(folder), "checked": checked, "different": different}))
        else:
            print(f"{folder}: {checked} runs played again, {len(different)} came to another end")
            for said in different:
                print(f"  {said}")
    return DIFFERENT if wrong else 0
