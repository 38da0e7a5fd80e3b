"""The report as Markdown: for a terminal, a mail, a review."""

from collections.abc import Sequence

from sweeps.report.parts import Block, Cards, Figure, Section, Table, Text


def markdown(name: str, sections: Sequence[Section]) -> str:
    """Return the whole report."""
    return "\n\n".join([f"# {name}", *(text for section in sections for text in _section(section))]) + "\n"


def _section(section: Section) -> list[str]:
    return [f"## {section.title}", *([section.lead] if section.lead else []), *(_block(block) for block in section.blocks)]


def _block(block: Block) -> str:
    if isinstance(block, Figure):
        return f"![{block.caption}](figures/{block.name}.svg)"
    if isinstance(block, Cards):
        return "\n".join(
            f"* {c.title}: **{c.value}**{f' [{c.interval}]' if c.interval else ''} {c.note}".rstrip() for c in block.cards
        )
    if isinstance(block, Text):
        return f"> {block.words}" if block.warning else block.words
    return _table(block)


def _table(table: Table) -> str:
    lines = [[_cell(text) for text in row] for row in (table.head, *table.rows)]
    rule = ["---" if i < table.words else "---:" for i in range(len(table.head))]
    body = "\n".join(f"| {' | '.join(row)} |" for row in [lines[0], rule, *lines[1:]])
    return f"{table.caption}\n\n{body}" if table.caption else body


def _cell(text: str) -> str:
    main, _, less = text.partition("|")
    return f"{main} ({less})" if less else main
