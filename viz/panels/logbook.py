"""The logbook: which events are worth a line, sorted into drawers, routine fire of a day and a place made into one. No pygame."""

from dataclasses import dataclass

from model.events import Event, EventKind
from model.map.theatre import Theatre

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
    (("killed", "attack_lost", "defend_lost"), "{:,.0f} casualties"),
    (("recovered",), "{:,.0f} t recovered"),
    (("men",), "{:,.0f} men"),
)
"""Figures that may be added up, and how the sum is said; the first that is there is told."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the log: one event, or several alike."""

    turn: int
    kind: EventKind
    text: str
    cell: int
    weight: float
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
            single.append(Entry(event.turn, event.kind, event.text, event.cell, event.weight))
    single += [_together(group, theatre) for group in alike.values()]
    return sorted(single, key=lambda entry: (-(entry.turn // per_day), -entry.weight, -entry.turn))[:most]


def _together(group: list[Event], theatre: Theatre) -> Entry:
    first = group[0]
    if len(group) == 1:
        return Entry(first.turn, first.kind, first.text, first.cell, first.weight)
    place = theatre.places[first.place].name.split(" (")[0] if 0 <= first.place < len(theatre.places) else ""
    where = f" near {place}" if place else ""
    text = f"{len(group)} {NAMES[first.kind][1]}{where}{_sum(group)}"
    return Entry(first.turn, first.kind, text, first.cell, max(event.weight for event in group), len(group))


def _sum(group: list[Event]) -> str:
    for names, form in FIGURES:
        if any(name in event.numbers for event in group for name in names):
            return ": " + form.format(sum(event.numbers.get(name, 0.0) for event in group for name in names))
    return ""
