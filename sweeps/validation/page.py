"""The report as a page that opens from disk: one file, no scripts, nothing from outside."""

import base64
from html import escape

from sweeps.validation.figure import MARK, png
from sweeps.validation.patterns import Pattern, Patterns
from sweeps.validation.report import HEAD, Row, cells, guard_said, pattern_verdict, verdict
from sweeps.validation.trial import Results

STYLE = """
body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:1200px;padding:0 1rem;color:#1c1c1c;background:#fff}
table{border-collapse:collapse;width:100%;font-size:13px;margin:.4rem 0 1.6rem}
th,td{border-bottom:1px solid #ddd;padding:.25rem .45rem;text-align:left;vertical-align:top}
th{background:#f4f4f2}h2{margin:1.8rem 0 .2rem;font-size:1.1rem}img{max-width:100%}.small{color:#555;font-size:13px}
"""
SHOWN = tuple(range(1, len(HEAD)))


def page(patterns: Patterns, rows: list[Row], results: Results) -> str:
    """Return the page."""
    sections = "".join(_section(name, pattern, rows) for name, pattern in patterns.patterns.items())
    picture = base64.b64encode(png(rows)).decode()
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Torgau: patterns of the past</title><style>{STYLE}</style></head><body>
<h1>Patterns of the past</h1>
<p>{escape(_summary(patterns, rows, results))}</p>
<p class="small">Judged: the median over seeds lies in the band, the 5-95 % range is at most three times as wide as the
band, and what was observed lies in it; of shares, Wilson's 95 % interval meets the band. With fewer seeds than a clause asks
for it is not judged. A reconstruction with disputed figures, not a forecast.</p>
{sections}
<h2>All values</h2>
<img alt="Every clause: its values over seeds, its band and what was observed" src="data:image/png;base64,{picture}">
</body></html>
"""


def _summary(patterns: Patterns, rows: list[Row], results: Results) -> str:
    words = [pattern_verdict(rows, name) for name in patterns.patterns]
    judged = [row for row in rows if row.clause.statistic != "report"]
    meets = sum(row.found.stands for row in judged)
    return (
        f"Seeds {results.seeds[0]} to {results.seeds[-1]}. Of {len(words)} patterns {words.count('pass')} pass, "
        f"{words.count('FAIL')} fail, {words.count('not judged')} are not judged. "
        f"{meets} of {len(judged)} clauses meet their band."
    )


def _section(name: str, pattern: Pattern, rows: list[Row]) -> str:
    word = pattern_verdict(rows, name)
    must = ", must pass" if pattern.mandatory else ""
    guard = guard_said(rows, name)
    head = "".join(f"<th>{escape(HEAD[column])}</th>" for column in SHOWN)
    body = "".join(_line(row) for row in rows if row.pattern == name)
    off = f"<p class='small'>Switched off: {escape(pattern.guard.off)}. {escape(guard)}.</p>" if guard else ""
    return (
        f"<h2>{name} {escape(pattern.name)}{must}: <span style='color:{MARK[word]}'>{word}</span></h2>"
        f"<table><tr>{head}</tr>{body}</table>{off}"
        f"<p class='small'>Against passing for a bad reason: {escape(pattern.triviality)}. Confidence {pattern.confidence}. "
        f"Sources: {escape(' ; '.join(pattern.sources))}</p>"
    )


def _line(row: Row) -> str:
    told = cells(row)
    colour = MARK[verdict(row.clause, row.found)]
    if row.clause.note:
        told[2] = f"{told[2]} ({row.clause.note})"
    last = f"<td style='color:{colour}'>{escape(told[-1])}</td>"
    return "<tr>" + "".join(f"<td>{escape(told[column])}</td>" for column in SHOWN[:-1]) + last + "</tr>"
