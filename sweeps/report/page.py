"""The report as one page: no script, no other file, nothing fetched."""

from collections.abc import Sequence
from html import escape

from sweeps.report.parts import Block, Card, Cards, Figure, Section, Table, Text
from sweeps.report.style import inline

MANY_COLUMNS = 7  # more stand closer
_CSS = """
:root{--ink:#23262A;--quiet:#5D6166;--hair:#E2DACA;--paper:#FBF9F4;--card:#fff;--accent:#1B6A8C;--warn:#B4541A}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif}
main{max-width:1180px;margin:0 auto;padding:2.2rem 1.6rem 4rem}
header{border-bottom:1px solid var(--hair);margin-bottom:1rem;padding-bottom:.9rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem;letter-spacing:-.01em}
h2{font-size:1.22rem;margin:2.6rem 0 .5rem;padding-top:1rem;border-top:1px solid var(--hair)}
p{max-width:78ch;margin:.45rem 0}
.lead{color:var(--quiet)} .first .lead{font-size:1.12rem;color:var(--ink)} .first h2{border:0;margin-top:.4rem;padding:0}
.first p.came{padding-left:.9rem;border-left:3px solid var(--hair)}
p.warning{border-left:3px solid var(--warn);padding:.35rem .8rem;background:#FFF6EA}
nav{font-size:.88rem;display:flex;flex-wrap:wrap}
nav a{color:var(--accent);text-decoration:none;margin-right:1rem;white-space:nowrap}
.cards{display:flex;flex-wrap:wrap;gap:.7rem;margin:1rem 0}
.card{background:var(--card);border:1px solid var(--hair);border-radius:6px;padding:.7rem .95rem;min-width:158px;flex:0 1 auto}
.card b{display:block;font-size:1.55rem;font-weight:600;line-height:1.25;font-variant-numeric:tabular-nums}
.card span{display:block;font-size:.8rem;color:var(--quiet)} .card .what{color:var(--ink);font-size:.86rem}
.figures{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-start;margin:.8rem 0}
figure{margin:0;background:var(--card);border:1px solid var(--hair);border-radius:6px;padding:.8rem;max-width:100%}
figure svg{display:block;width:100%;height:auto;max-width:100%}
figure svg text{font-family:system-ui,-apple-system,"Segoe UI","Noto Sans",sans-serif!important}
figcaption{font-size:.82rem;color:var(--quiet);margin-top:.4rem;line-height:1.45}
.scroll{overflow:auto;max-height:34rem;max-width:100%;margin:.8rem .8rem 0 0;display:inline-block;vertical-align:top}
.scroll{background:var(--card);border:1px solid var(--hair);border-radius:6px}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;min-width:21rem}
table.many{font-size:.78rem} .many th,.many td{padding:.3rem .4rem} .many td.w{white-space:nowrap}
caption{text-align:left;padding:.6rem .8rem .2rem;color:var(--quiet)}
th{white-space:normal!important;position:sticky;top:0;background:var(--card);font-weight:600;box-shadow:inset 0 -1px var(--hair)}
th,td{padding:.34rem .8rem;text-align:right;white-space:nowrap;vertical-align:top} td{border-top:1px solid #F1ECE0}
th.w,td.w{text-align:left;white-space:normal;min-width:5rem}
td.w{overflow-wrap:break-word;min-width:5.5em}
i{font-style:normal;color:var(--quiet);font-size:.88em;margin-left:.45em}
footer{margin-top:3rem;color:var(--quiet);font-size:.82rem}
@media print{body{background:#fff}.scroll{max-height:none;overflow:visible}figure,.card{break-inside:avoid}nav{display:none}}
"""


def page(name: str, sections: Sequence[Section]) -> str:
    """Return the whole page."""
    links = "".join(f'<a href="#{section.anchor}">{escape(section.title)}</a>' for section in sections[1:])
    said = "How to read each figure: docs/REPORTS.md. Tables: summary.csv, outcomes.csv.gz; figures one by one: figures/."
    body = "\n".join(_section(section, first=not place) for place, section in enumerate(sections))
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(name)}: report of a sweep</title><style>{_CSS}</style></head>\n<body><main>"
        f"<header><h1>{escape(name)}</h1><nav>{links}</nav></header>\n{body}\n"
        f"<footer>{said}</footer>"
        "</main></body></html>\n"
    )


def _section(section: Section, *, first: bool) -> str:
    lead = f'<p class="lead">{escape(section.lead)}</p>' if section.lead else ""
    kind = ' class="first"' if first else ""
    blocks = _blocks(section.blocks, first=first)
    return f'<section id="{section.anchor}"{kind}><h2>{escape(section.title)}</h2>{lead}{blocks}</section>'


def _blocks(blocks: Sequence[Block], *, first: bool) -> str:
    """Return the blocks; figures that follow each other stand side by side."""
    made, row, carded = [], [], False
    for block in blocks:
        if isinstance(block, Figure):
            row.append(_figure(block))
            continue
        if row:
            made.append(f'<div class="figures">{"".join(row)}</div>')
            row = []
        made.append(_block(block, came=first and carded))
        carded = carded or isinstance(block, Cards)
    if row:
        made.append(f'<div class="figures">{"".join(row)}</div>')
    return "".join(made)


def _block(block: Block, *, came: bool) -> str:
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Cards):
        return f'<div class="cards">{"".join(_card(card) for card in block.cards)}</div>'
    if isinstance(block, Text):
        kind = ' class="warning"' if block.warning else ' class="came"' if came else ""
        return f"<p{kind}>{escape(block.words)}</p>"
    return _figure(block)


def _card(card: Card) -> str:
    limits = f"<span>[{escape(card.interval)}]</span>" if card.interval else ""
    note = f"<span>{escape(card.note)}</span>" if card.note else ""
    return f'<div class="card"><span class="what">{escape(card.title)}</span><b>{escape(card.value)}</b>{limits}{note}</div>'


def _figure(figure: Figure) -> str:
    drawn = inline(figure.svg, "".join(c if c.isalnum() else "-" for c in figure.name))
    wide = float(drawn.partition('viewBox="0 0 ')[2].partition(" ")[0] or 450)
    label = escape(figure.caption, quote=True)
    drawn = drawn.replace("<svg", f'<svg role="img" aria-label="{label}"', 1)
    return f'<figure style="width:{wide * 1.22:.0f}px">{drawn}<figcaption>{escape(figure.caption)}</figcaption></figure>'


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    head = "".join(_cell("th", text, words=i < table.words) for i, text in enumerate(table.head))
    rows = "".join(
        f"<tr>{''.join(_cell('td', text, words=i < table.words) for i, text in enumerate(row))}</tr>" for row in table.rows
    )
    kind = ' class="many"' if len(table.head) > MANY_COLUMNS else ""
    return f'<div class="scroll"><table{kind}>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cell(tag: str, text: str, *, words: bool) -> str:
    main, _, less = text.partition("|")
    kind = ' class="w"' if words else ""
    return f"<{tag}{kind}>{escape(main)}{f'<i>{escape(less)}</i>' if less else ''}</{tag}>"
