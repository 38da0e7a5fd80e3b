"""Chapters: at most a dozen headlines of a campaign, found from what happened. Knows no pygame."""

from dataclasses import dataclass
from itertools import pairwise

from model.events import Event, EventKind
from model.ledger import Side
from model.map.theatre import Theatre
from viz.panels.briefs import WHO

MOST = 12
APART = 1 / 45
"""Share of a campaign that lies between two chapters at least."""
BRIEF = 1 / 120
"""Share of a campaign that the enclave has to stay in pieces for it to be told of."""
NOTED = 0.6
"""Events lighter than this are no headlines."""
GRAND = {"city": 0.35, "town": 0.25, "airbase": 0.25, "district": 0.2, "offmap_city": 0.2, "oilfield": 0.1}
"""What the fall of a place of a kind adds to its weight."""
K = EventKind


@dataclass(frozen=True, slots=True)
class Chapter:
    """A headline: when, where (cell, -1 nowhere), how it is called on the timeline, the whole sentence, and its weight."""

    turn: int
    kind: EventKind
    name: str
    text: str
    cell: int
    weight: float


def chapters(events: list[Event], pieces: list[tuple[int, int]], theatre: Theatre, turns: int) -> list[Chapter]:
    """Return the chapters of a campaign so far, in order.

    Parameters
    ----------
    events
        Weighty events so far, oldest first.
    pieces
        Turns in which the number of pieces of the enclave changed, and the number since.
    turns
        Length of the whole campaign.
    """
    found = _headlines(events, theatre) + _splits(_lasting(pieces, round(BRIEF * turns)))
    chosen: list[Chapter] = []
    for chapter in sorted(found, key=lambda chapter: (-chapter.weight, chapter.turn)):
        near = any(abs(chapter.turn - other.turn) < APART * turns for other in chosen)
        if not near and len(chosen) < MOST:
            chosen.append(chapter)
    return sorted(chosen, key=lambda chapter: chapter.turn)


def _headlines(events: list[Event], theatre: Theatre) -> list[Chapter]:
    """Return what may be a headline; what happens a second time at a place weighs less each time."""
    seen: dict[tuple[EventKind, int, int], int] = {}
    out = []
    for event in events:
        if event.weight < NOTED:
            continue
        key = (event.kind, event.place, event.side)
        again = seen[key] = seen.get(key, -1) + 1
        weight = (event.weight + _grandeur(event, theatre)) * 0.7**again
        out.append(Chapter(event.turn, event.kind, headline(event, theatre), event.text, event.cell, weight))
    return out


def _grandeur(event: Event, theatre: Theatre) -> float:
    """Return what a place, the people in it or the dead of a fight add to the weight of an event."""
    number = event.numbers
    if event.kind is K.MILESTONE:
        return 2.0
    if event.kind is K.CAPTURE and 0 <= event.place < len(theatre.places):
        return GRAND.get(theatre.places[event.place].kind, 0.0)
    if event.kind is K.CIVILIANS:
        return 0.3 * min(number.get("present", 0.0) / 5000, 1.0)
    if event.kind is K.FIGHTING:
        return min((number.get("attack_lost", 0.0) + number.get("defend_lost", 0.0)) / 250, 0.4)
    return 0.0


def headline(event: Event, theatre: Theatre) -> str:
    """Return the name of an event on the timeline: a few words."""
    place = theatre.places[event.place].name.split(" (")[0] if 0 <= event.place < len(theatre.places) else ""
    place = place.removeprefix("Deir al-Zour ").replace("military airport", "Airport")
    who, number = WHO.get(Side(event.side), ""), event.numbers
    names = {
        K.CAPTURE: f"{who} takes {place}",
        K.CIVILIANS: f"{place} falls"
        if "present" in number
        else f"Rising, {place}"
        if "rebels" in number
        else f"Killings, {place}",
        K.FIGHTING: f"Fight for {place}",
        K.CROSSING: f"{place} down",
        K.AIR_STRIKE: f"Strike, {place}",
        K.WITHDRAWAL: "A force leaves",
        K.REINFORCEMENT: "Reinforced",
        K.ARTILLERY: f"Depot, {place}",
        K.MILESTONE: _clause(event.text),
    }
    name = names.get(event.kind, event.kind.value.replace("_", " ").capitalize())
    return name if place or event.kind in {K.MILESTONE, K.WITHDRAWAL, K.REINFORCEMENT} else name.split(",")[0].split(":")[0]


def _clause(sentence: str) -> str:
    """Return the first clause of a sentence."""
    return sentence.split(":")[0].split(",")[0].rstrip(".")


def _lasting(pieces: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    """Return the numbers of pieces that stood for so many turns at least, each only once in a row."""
    out: list[tuple[int, int]] = []
    for number, (turn, now) in enumerate(pieces):
        gone = pieces[number + 1][0] if number + 1 < len(pieces) else turn + least
        if (gone - turn >= least or not out) and (not out or out[-1][1] != now):
            out.append((turn, now))
    return out


def _splits(pieces: list[tuple[int, int]]) -> list[Chapter]:
    """Return the splitting of the enclave, and its becoming whole again; each time after the first weighs less."""
    out: list[Chapter] = []
    for (_, before), (turn, now) in pairwise(pieces):
        again = 0.5 ** sum(chapter.kind is K.CAPTURE for chapter in out)
        if now > before:
            name = "Enclave in pieces" if again == 1 else "In pieces again"
            out.append(Chapter(turn, K.CAPTURE, name, f"The enclave is split into {now} pieces.", -1, 1.6 * again))
        elif now == 1:
            out.append(Chapter(turn, K.CAPTURE, "Enclave whole", "The enclave is in one piece again.", -1, 1.2 * again))
    return out
