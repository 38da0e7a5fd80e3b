"""Write the report of a sweep into its folder."""

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from sweeps.report import channels, first_page, pictures, points, trust, what_happened, why
from sweeps.report.page import page
from sweeps.report.parts import Figure, Section
from sweeps.report.plain import markdown
from sweeps.report.reading import Sweep, read
from sweeps.report.style import keep
from sweeps.results.layout import PASSING
from sweeps.storage import OutputProblem, write_whole

Format = Literal["html", "md", "csv"]
REPORT = {"html": "report.html", "md": "report.md", "csv": "summary.csv"}


def write(folder: Path, outcome: str | None = None, heat: tuple[str, str] | None = None, form: Format = "html") -> Path:
    """Write the report of a sweep, finished or not, and the tables behind it; return its path.

    Parameters
    ----------
    folder
        The folder of the sweep.
    outcome
        The outcome that figures are of (default: the first that the sweep's file names).
    heat
        Two factors for heat maps (default: the only two numbers that vary).
    form
        `html` and `md` write tables and figures too, `csv` the tables alone.

    Raises
    ------
    OutputProblem
        If the folder holds no sweep, no run of it has ended, or it has no such outcome or factor.
    """
    sweep = read(folder)
    _choose(sweep, outcome)
    pair = None if heat is None else (_factor(sweep, heat[0]), _factor(sweep, heat[1]))
    _tables(sweep)
    if form == "csv":
        return folder / REPORT["csv"]
    made = sections(sweep, pair)
    for figure in (block for section in made for block in section.blocks if isinstance(block, Figure)):
        keep(figure.svg, folder / "figures" / f"{figure.name}.svg")
    text = page(sweep.name, made) if form == "html" else markdown(sweep.name, made)
    write_whole(folder / REPORT[form], text.encode())
    return folder / REPORT[form]


def sections(sweep: Sweep, heat: tuple[str, str] | None = None) -> list[Section]:
    """Return the report's sections, those that the sweep gives something for."""
    if not len(sweep.runs):
        return [_nothing(sweep), *(s for s in (trust.failures(sweep),) if s), trust.origin(sweep)]
    found = [
        first_page.first_page(sweep),
        first_page.cannot_say(sweep),
        why.decisions(sweep),
        channels.channels(sweep),
        pictures.maps(sweep, heat),
        what_happened.survival(sweep),
        what_happened.civilians(sweep),
        pictures.over_time(sweep),
        why.effects(sweep),
        why.discovery(sweep),
        points.points(sweep),
        trust.precision(sweep),
        trust.failures(sweep),
        trust.balances(sweep),
        trust.origin(sweep),
    ]
    return [section for section in found if section is not None]


def _nothing(sweep: Sweep) -> Section:
    return Section(
        "In plain words", f"None of {len(sweep.all_runs):,} runs came to an end: all failed. There is nothing to report but why."
    )


def _choose(sweep: Sweep, outcome: str | None) -> None:
    if outcome is None or not len(sweep.runs):
        return
    name = outcome.removeprefix("outcome.")
    if not sweep.is_figure(name):
        figures = [c.removeprefix("outcome.") for c in sweep.runs.columns if c.startswith("outcome.")]
        raise OutputProblem(_unknown("figure", name, [n for n in figures if sweep.is_figure(n)], sweep))
    sweep.__dict__["main"] = name


def _factor(sweep: Sweep, name: str) -> str:
    found = [factor for factor in sweep.factors if factor == name or factor.endswith(f".{name}")]
    if len(found) != 1 or found[0] in {"policy", "world"}:
        raise OutputProblem(_unknown("varied factor", name, list(sweep.factors), sweep))
    return found[0]


def _unknown(what: str, name: str, known: Sequence[str], sweep: Sweep) -> str:
    from model.configuration.problems import suggestion

    return f"{sweep.path}: the sweep has no {what} '{name}'{suggestion(name, known)}"


def _tables(sweep: Sweep) -> None:
    """Write summary.csv, a row a point, and outcomes.csv.gz, a row a run."""
    if len(sweep.runs):
        write_whole(sweep.path / "summary.csv", points.summary(sweep).to_csv(index=False, lineterminator="\n").encode())
    told = sweep.all_runs.drop(columns=[name for name in PASSING if name in sweep.all_runs])
    whole = gzip.compress(told.to_csv(index=False).encode(), compresslevel=6, mtime=0)
    write_whole(sweep.path / "outcomes.csv.gz", whole)
