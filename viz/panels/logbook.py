"""The logbook: which events are worth a line, sorted into drawers, routine fire of a day and a place made into one. No pygame."""

from dataclasses import dataclass

from model.events import Event, EventKind
from model.map.theatre import Theatre
from viz.panels.briefs import brief, place_of

K = EventKind
DRAWERS: tuple[tuple[str, frozenset[EventKind]], ...] = (
    ("All", frozenset(EventKind)),
    ("People", frozenset({K.CIVILIANS, K.HUNGER, K.SURRENDER, K.MILESTONE})),
    ("Ground", frozenset({K.CAPTURE, K.CROSSING, K.WITHDRAWAL, K.MILESTONE, K.REINFORCEMENT})),
    ("Fights", frozenset({K.FIGHTING, K.SVBIED, K.ROUT, K.RAID})),
    ("Air", frozenset({K.AIR_STRIKE, K.ARTILLERY, K.WEATHER})),
    ("Supply", frozenset({K.AIRDROP, K.LINE, K.CROSSING, K.RAID, K.HUNGER})),
)
"""Names of the drawers and the kinds of event in each."""
ROUTINE = 0.3
"""Events lighter than this are told together."""
NAMES = {
    K.FIGHTING: ("attack", "attacks"),
    K.AIR_STRIKE: ("air attack", "air attacks"),
    K.AIRDROP: ("airdrop", "airdrops"),
    K.ROUT: ("unit breaks", "units break"),
    K.RAID: ("raid", "raids"),
    K.CROSSING: ("crossing by boat", "crossings by boat"),
    K.REINFORCEMENT: ("arrival", "arrivals"),
    K.ARTILLERY: ("bombardment", "bombardments"),
}
FIGURES = (
    (("killed", "attack_lost", "defend_lost"), "casualty", "casualties"),
    (("recovered",), "t recovered", "t recovered"),
    (("men",), "man", "men"),
)
"""Figures that may be added up, and what one and several of them are called; the first that is there is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: one event, or several alike; the whole sentence, and a few words."""

    turn: int
    kind: EventKind
    text: str
    cell: int
    weight: float
    brief: str
    count: int = 1


def entries(events: list[Event], drawer: int, theatre: Theatre, per_day: int, most: int) -> list[Entry]:
    """Return the lines of a drawer, newest first; of one day the weightiest first."""
    kinds = DRAWERS[drawer][1]
    single: list[Entry] = []
    alike: dict[tuple[int, EventKind, int], list[Event]] = {}
    days: set[int] = set()
    for event in sorted(events, key=lambda event: -event.turn):
        if event.kind not in kinds:
            continue
        day = event.turn // per_day
        if len(single) + len(alike) >= most and day not in days:
            break
        days.add(day)
        if event.weight < ROUTINE and event.kind in NAMES:
            alike.setdefault((day, event.kind, event.place), []).append(event)
        else:
            single.append(_alone(event, theatre))
    single += [_together(group, theatre) for group in alike.values()]
    return sorted(single, key=lambda entry: (-(entry.turn // per_day), -entry.weight, -entry.turn))[:most]


def _together(group: list[Event], theatre: Theatre) -> Entry:
    first = group[0]
    if len(group) == 1:
        return _alone(first, theatre)
    place = place_of(first, theatre)
    where = f" near {place}" if place else ""
    text = f"{len(group)} {NAMES[first.kind][1]}{where}{_sum(group)}"
    said = text.replace(" near ", ", ", 1).removesuffix(" recovered")
    return Entry(first.turn, first.kind, text, first.cell, max(event.weight for event in group), said, len(group))


def _alone(event: Event, theatre: Theatre) -> Entry:
    return Entry(event.turn, event.kind, event.text, event.cell, event.weight, brief(event, theatre))


def _sum(group: list[Event]) -> str:
    for names, one, many in FIGURES:
        if any(name in event.numbers for event in group for name in names):
            total = sum(event.numbers.get(name, 0.0) for event in group for name in names)
            return f": {total:,.0f} {one if round(total) == 1 else many}"
    return ""
