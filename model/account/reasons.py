"""Reasons: why an order was given, as it stood when it was given. Numbers are kept; the words are made when somebody asks."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, overload

from model.ledger import Order


class Sighting(NamedTuple):
    """A contact as its side believed it when an order was given."""

    row: int
    cell: int
    age: float  # days
    men: float
    power: float  # in riflemen, as it stands: with posture and ground of a defence


class Sightings(Sequence[Sighting]):
    """The contacts an order rests on, picked out when they are first asked for: where nobody records a run nobody does."""

    __slots__ = ("_pick", "_picked")

    def __init__(self, pick: Callable[[], tuple[Sighting, ...]]) -> None:
        self._pick: Callable[[], tuple[Sighting, ...]] | None = pick
        self._picked: tuple[Sighting, ...] = ()

    def picked(self) -> tuple[Sighting, ...]:
        """Return them all."""
        if self._pick is not None:
            self._picked, self._pick = self._pick(), None
        return self._picked

    @overload
    def __getitem__(self, index: int) -> Sighting: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[Sighting, ...]: ...

    def __getitem__(self, index: int | slice) -> Sighting | tuple[Sighting, ...]:
        return self.picked()[index]

    def __len__(self) -> int:
        return len(self.picked())

    def __iter__(self) -> Iterator[Sighting]:
        return iter(self.picked())

    def __eq__(self, other: object) -> bool:
        return self.picked() == (other.picked() if isinstance(other, Sightings) else other)

    def __hash__(self) -> int:
        return hash(self.picked())

    def __repr__(self) -> str:
        return repr(self.picked())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self.picked(),)


class Reason(NamedTuple):
    """Who gave an order, by which tactic, how well it promised, what else was thought of, and what was believed."""

    turn: int
    commander: str
    side: int  # ledger.Side
    tactic: str
    order: int  # ledger.Order; negative: no order to units
    goal: int  # cell; -1 none, -2 each to his own post
    rows: tuple[int, ...]
    men: int
    score: float
    measure: str
    why: str
    figures: dict[str, float]
    runner_up: str
    runner_up_score: float
    contacts: Sequence[Sighting]

    @property
    def oldest(self) -> float:
        """The age in days of the oldest contact it rests on."""
        return max((one.age for one in self.contacts), default=0.0)


ROUTINE = "priority"
"""The measure of what a tactic does without weighing it."""
ORDERS = {Order.HOLD: "hold", Order.MARCH: "march", Order.ATTACK: "attack", Order.WITHDRAW: "draw back, delaying"}


def scored(reason: Reason) -> str:
    """Return what the score says, in words; empty for what is done without weighing."""
    return "" if reason.measure == ROUTINE else f" ({reason.measure} {reason.score:.2f})"


def told(text: str, figures: dict[str, float], near: Callable[[int], str]) -> str:
    """Return a clause with its figures; those whose name ends in `_at` are cells and become names."""
    words = {name: near(int(figure)) if name.endswith("_at") else figure for name, figure in figures.items()}
    return text.format(**words)


def because(reason: Reason, near: Callable[[int], str]) -> str:
    """Return the reason in plain words, such as "2.1 to 1 at al-Tharda, 12 km"."""
    return told(reason.why, reason.figures, near)


def order_of(reason: Reason, near: Callable[[int], str]) -> str:
    """Return what was ordered, in words."""
    if reason.order not in tuple(Order):
        return "another post" if reason.rows else "decision"
    what = ORDERS.get(Order(reason.order), Order(reason.order).name.lower())
    where = f" {near(reason.goal)}" if reason.goal >= 0 else " to their posts" if reason.goal == -2 else ""
    return what + where


def rests_on(reason: Reason) -> str:
    """Return the contacts an order rests on, in words."""
    if not reason.contacts:
        return "no contact: own units and the map"
    men, ages = sum(one.men for one in reason.contacts), [one.age for one in reason.contacts]
    many = len(reason.contacts)
    span = f"{min(ages):.0f}" if round(min(ages)) == round(max(ages)) else f"{min(ages):.0f}-{max(ages):.0f}"
    return f"{many} contact{'s' if many > 1 else ''}, about {men:,.0f} men, seen {span} days ago"


def runner_up_of(reason: Reason, near: Callable[[int], str]) -> str:
    """Return what else was thought of and its score; empty if nothing was."""
    if not reason.runner_up:
        return ""
    score = f" ({reason.runner_up_score:.2f})" if reason.measure != ROUTINE else ""
    return told(reason.runner_up, reason.figures, near) + score
