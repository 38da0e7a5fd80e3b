"""Pages over everything: what happened in five lines, the people first; and what must be said before the first turn."""

from dataclasses import dataclass
from datetime import date

import pygame

from model.account.ensemble import Ensemble
from model.account.frame import Frame, Opening
from model.account.past import alive_of, facts_of
from model.ledger import Side
from viz import fine, pen
from viz.palette import Theme
from viz.panels import lanes
from viz.panels.lanes import Lane
from viz.panels.widgets import card, rule, words
from viz.text import fitted, wrapped

DISCLAIMER = "A reconstruction with disputed figures, not a forecast."
WIDTH, ROW = 720, 20
ARRIVALS = (
    ("relief", "supply reached the city by road"),
    ("contact", "government and SDF met"),
    ("junction", "the column joined the enclave"),
    ("encirclement", "the Islamic State's last road was cut"),
    ("fall", "the enclave fell"),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A title, a line below it, paragraphs, and a last line."""

    title: str
    below: str
    lines: tuple[str, ...]
    foot: str
    lanes: tuple[Lane, ...] = ()


@dataclass(slots=True)
class Beside:
    """What a run is told beside, at its end.

    Attributes
    ----------
    place
        Its place among the runs of its sweep, in words.
    others
        Other runs of its scenario, if nothing was set.
    settings
        What was set, as on the command line.
    """

    place: str = ""
    others: Ensemble | None = None
    settings: tuple[str, ...] = ()


def prologue(opening: Opening) -> Page:
    """Return what is said before the first turn."""
    lines = (
        DISCLAIMER,
        "Positions are good to a kilometre or two, strengths to a third; many figures rest on one source.",
        "People come first: the panel begins with the civilians, and nobody is rewarded for their deaths.",
        "Space plays, O tells it as a story, F1 lists every key.",
    )
    span = f"{_day(opening.start)} to {_day(opening.end)}"
    return Page(
        opening.title,
        f"{span} · turns of {opening.turn_h} hours · seed {opening.seed}",
        lines,
        "Any key closes this page; the run plays on behind it.",
    )


def epilogue(opening: Opening, frame: Frame, beside: Beside | None = None) -> Page:
    """Return what happened up to a frame, the cost to civilians first; at the end also the run's place among others."""
    lines: tuple[str, ...] = (_people(frame), _arrivals(frame), _ground(opening, frame), _dead(opening, frame))
    beside = beside or Beside()
    past = in_fact(opening, frame)
    place = _place(frame, beside) if frame.over else ""
    lines = (*lines, *(line for line in (past, place) if line), DISCLAIMER)
    title = "How it ended" if frame.over else "What happened so far"
    cause = f" {frame.theatre.cause_of_fall}" if frame.theatre.cause_of_fall else ""
    given = "".join(f" --set '{one}'" for one in beside.settings)
    foot = f"run.py watch {opening.scenario} --seed {opening.seed}{given}   ·   Esc closes"
    beneath = lanes.lanes(opening, frame, beside.others) if frame.over else ()
    return Page(title, f"{_day(frame.when.date())}, day {int(frame.day) + 1}.{cause}", lines, foot, beneath)


def _place(frame: Frame, beside: Beside) -> str:
    """Return the run's place among others, if any are known."""
    if beside.place or beside.others is None or frame.enclave is None:
        return beside.place
    now = frame.enclave
    return beside.others.place(now.dead_hunger + now.dead_fire + now.dead_massacre, frame.milestones.get("relief"))


def in_fact(opening: Opening, frame: Frame) -> str:
    """Return what happened in fact up to the day of a frame, and how far from it the run is."""
    today, told = frame.when.date(), []
    for name, fact in facts_of(opening).items():
        if fact.on > today:
            continue
        here = frame.milestones.get(name)
        apart = (here - fact.on).days if here else 0
        than = f" (here {abs(apart)} days {'later' if apart > 0 else 'earlier'})" if apart else ""
        told.append(f"{fact.words} on {_day(fact.on)}{than}")
    alive = alive_of(opening)
    if alive is not None and alive.on <= today:
        told.append(f"some {alive.people:,} civilians ({alive.low:,} to {alive.high:,}) were alive there in {alive.on:%B %Y}")
    return f"In fact {'; '.join(told)}." if told else ""


def _day(when: date) -> str:
    return f"{when.day} {when:%B %Y}"


def _people(frame: Frame) -> str:
    now = frame.enclave
    if now is None:
        return "No civilians are counted in this scenario."
    dead = now.dead_hunger + now.dead_fire + now.dead_massacre
    return (
        f"{dead:,} civilians of the enclave died: {now.dead_fire:,} by shells and from the air, {now.dead_hunger:,} of hunger, "
        f"{now.dead_massacre:,} by massacre; {now.abducted:,} were abducted, {now.left:,} left, {now.civilians:,} live there."
    )


def _arrivals(frame: Frame) -> str:
    told = [f"{words_} on {_day(frame.milestones[name])}" for name, words_ in ARRIVALS if name in frame.milestones]
    if not told:
        return "Nobody has reached the city: neither the column nor the SDF."
    text = "; ".join(told)
    return text[0].upper() + text[1:] + "."


def _ground(opening: Opening, frame: Frame) -> str:
    parts = []
    for side, name in ((Side.GOVERNMENT, "the government"), (Side.ISLAMIC_STATE, "the Islamic State"), (Side.SDF, "the SDF")):
        index = next((k for k, whose in enumerate(opening.force_sides) if whose == side), -1)
        if index >= 0:
            parts.append(f"{name} {frame.forces[index].area_km2:,.0f} km²")
    enclave = (
        f" The enclave has {frame.enclave.area_km2:,.0f} km² and {frame.enclave.garrison:,} soldiers." if frame.enclave else ""
    )
    return f"Ground held: {', '.join(parts)}.{enclave}"


def _dead(opening: Opening, frame: Frame) -> str:
    sides: dict[int, int] = {}
    for force, side in zip(frame.forces, opening.force_sides, strict=False):
        sides[side] = sides.get(side, 0) + force.killed
    names = {Side.GOVERNMENT: "government", Side.ISLAMIC_STATE: "Islamic State", Side.SDF: "SDF", Side.PESHMERGA: "Peshmerga"}
    told = [f"{sides[side]:,} of the {name}" for side, name in names.items() if sides.get(side)]
    return f"Fighters killed: {', '.join(told)}." if told else "No fighter has been killed."


def draw(screen: pygame.Surface, page: Page, theme: Theme) -> None:
    """Draw a page in the middle of the screen, over everything."""
    veil = fine.sheet(screen.get_size(), pygame.SRCALPHA)
    veil.fill((20, 22, 26, 110))
    screen.blit(veil, (0, 0))
    paragraphs = [wrapped(line, "ui", 14, WIDTH - 90, 4) for line in page.lines]
    below = lanes.HEIGHT * len(page.lanes) + (14 if page.lanes else 0)
    height = 128 + sum(ROW * len(lines) + 10 for lines in paragraphs) + 34 + below
    box = pygame.Rect(0, 0, WIDTH, height)
    box.center = screen.get_rect().center
    card(screen, box, theme)
    words(screen, (box.x + 34, box.y + 26), page.title, ("title", 26, theme.ink[0]))
    words(screen, (box.x + 34, box.y + 64), page.below, ("ui", 13, theme.ink[1]))
    rule(screen, box.x + 34, box.right - 34, box.y + 94, theme)
    y = box.y + 112
    for number, lines in enumerate(paragraphs):
        pen.rect(screen, theme.bad if number == 0 else theme.accent, (box.x + 34, y + 3, 3, ROW * len(lines) - 6))
        for line in lines:
            words(screen, (box.x + 50, y), line, ("ui-medium" if number == 0 else "ui", 14, theme.ink[0]))
            y += ROW
        y += 10
    if page.lanes:
        rule(screen, box.x + 34, box.right - 34, y - 1, theme)
        lanes.draw(screen, pygame.Rect(box.x + 34, y + 6, WIDTH - 68, below), page.lanes, theme)
    foot = fitted(page.foot, "ui", 12, WIDTH - 68)
    words(screen, (box.x + 34, box.bottom - 32), foot, ("ui", 12, theme.ink[1]))
