"""What a report is made of: sections of sentences, figures and tables, without a word on how they look."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    words: str
    warning: bool = False


@dataclass(frozen=True)
class Figure:
    """A drawing with what it shows, in words for those who cannot see it."""

    name: str
    svg: str
    caption: str


@dataclass(frozen=True)
class Table:
    """Rows under a head; a cell may carry a lesser text behind a bar: `40 %|24–58 %`."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    caption: str = ""
    words: int = 1  # columns from the left that hold words, not figures


@dataclass(frozen=True)
class Card:
    """One figure of the first page, large."""

    title: str
    value: str
    interval: str
    note: str = ""


@dataclass(frozen=True)
class Cards:
    """Several of them in a row."""

    cards: Sequence[Card]


Block = Text | Figure | Table | Cards


@dataclass
class Section:
    """A part of the report."""

    title: str
    lead: str = ""
    blocks: list[Block] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """The section's place in the page."""
        return "".join(c if c.isalnum() else "-" for c in self.title.lower()).strip("-")
