"""Pages whose text between marks is written anew by a command; the rest is for editing and is left alone."""

from collections.abc import Mapping

from sweeps.storage import OutputProblem

BEGIN, END = "<!-- {kind}:{name}: begin -->", "<!-- {kind}:{name}: end -->"


def filled(page: str, blocks: Mapping[str, str], *, kind: str, where: str) -> str:
    """Return a page with the text between the marks of each block put in anew; `kind` is the first word of the marks.

    Raises
    ------
    OutputProblem
        If the page, which stands at `where`, lacks the marks of a block.
    """
    for name, text in blocks.items():
        begin, end = BEGIN.format(kind=kind, name=name), END.format(kind=kind, name=name)
        before, found, rest = page.partition(begin)
        _, ended, after = rest.partition(end)
        if not (found and ended):
            msg = f"{where}: lacks the markers {begin} … {end}"
            raise OutputProblem(msg)
        page = f"{before}{begin}\n{text.strip()}\n{end}{after}"
    return page
