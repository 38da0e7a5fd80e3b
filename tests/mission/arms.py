"""The rows of the mission: what each moves, from what to what, where and for how long, and what the article says."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

HERE = Path(__file__).parent


class Row(NamedTuple):
    """One row: a sentence of the article, the mechanism that makes it true, and the trial that shows it."""

    id: str
    title: str
    scenario: str
    days: int
    counted_from: str  # milestone from which the days are counted, "" for the first day
    arms: tuple[tuple[str, ...], tuple[str, ...]]  # settings of both arms: from, to
    note: str
    quotation: str
    mechanism: str
    files: tuple[str, ...]  # where the mechanism lives


@cache
def rows() -> dict[str, Row]:
    """Return the rows by id."""
    plans = yaml.safe_load((HERE / "rows.yaml").read_text(encoding="utf-8"))
    article = yaml.safe_load((HERE / "article.yaml").read_text(encoding="utf-8"))
    return {name: _row(name, plan, article[name]) for name, plan in plans.items()}


def _row(name, plan, article) -> Row:
    arms = (tuple(plan["from"]), tuple(plan["to"]))
    counted_from, note = plan.get("counted_from", ""), plan.get("note", "")
    told = (article["quotation"], article["mechanism"], tuple(article["files"]))
    return Row(name, plan["title"], plan["scenario"], int(plan["days"]), counted_from, arms, note, *told)
