"""`run.py report`: the report of a sweep that was played, whole or not."""

import argparse
from pathlib import Path


def add_to(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    report = verbs.add_parser("report", help="write the report of a sweep, finished or interrupted")
    report.add_argument("folder", type=Path, metavar="DIR", help="the sweep's folder")
    report.add_argument(
        "--outcome", help="outcome that figures are of, as docs/OUTCOMES.md names it (default: the sweep's first)"
    )
    report.add_argument("--heat", type=_pair, metavar="A,B", help="two factors for heat maps")
    report.add_argument("--format", choices=("html", "md", "csv"), default="html", dest="form")
    report.set_defaults(verb=write)


def _pair(text: str) -> tuple[str, str]:
    first, comma, second = (part.strip() for part in text.partition(","))
    if not (first and comma and second) or "," in second:
        raise argparse.ArgumentTypeError(f"'{text}' should be two factors with a comma between them")
    return first, second


def write(options: argparse.Namespace) -> int:
    """Write the report and say where it is."""
    from sweeps.report import writing

    print(writing.write(options.folder, options.outcome, options.heat, options.form))
    return 0
