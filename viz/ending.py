"""Pages over everything: what happened in five lines, the people first; and what must be said before the first turn."""

from dataclasses import dataclass
from datetime import date

import pygame

from model.frame import Frame, Opening
from model.ledger import Side
from viz.palette import Theme
from viz.text import wrapped
from viz.widgets import card, rule, words

DISCLAIMER = "A reconstruction with disputed figures, not a forecast."
WIDTH, ROW = 640, 21
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


def prologue(opening: Opening) -> Page:
    """Return what is said before the first turn."""
    lines = (
        DISCLAIMER,
        "Positions are good to a kilometre or two, strengths to a third; many figures rest on one source.",
        "People come first: the panel begins with the civilians, and nobody is rewarded for their deaths.",
        "Space plays, O tells it as a story, F1 lists every key.",
    )
    span = f"{_day(opening.start)} to {_day(opening.end)}"
    return Page(opening.title, f"{span} · turns of {opening.turn_h} hours · seed {opening.seed}", lines, "Any key begins.")


def epilogue(opening: Opening, frame: Frame, place: str = "") -> Page:
    """Return what happened up to a frame, the cost to civilians first; at the end also the run's place among others."""
    lines: tuple[str, ...] = (_people(frame), _arrivals(frame), _ground(opening, frame), _dead(opening, frame))
    lines += (place, DISCLAIMER) if place and frame.over else (DISCLAIMER,)
    title = "How it ended" if frame.over else "What happened so far"
    cause = f" {frame.theatre.cause_of_fall}" if frame.theatre.cause_of_fall else ""
    foot = f"run.py watch {opening.scenario} --seed {opening.seed}   ·   Esc closes"
    return Page(title, f"{_day(frame.when.date())}, day {int(frame.day) + 1}.{cause}", lines, foot)


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
    veil = pygame.Surface(screen.get_size(), pygame.SRCALPHA)
    veil.fill((20, 22, 26, 110))
    screen.blit(veil, (0, 0))
    paragraphs = [wrapped(line, "ui", 14, WIDTH - 90, 4) for line in page.lines]
    height = 128 + sum(ROW * len(lines) + 12 for lines in paragraphs) + 34
    box = pygame.Rect(0, 0, WIDTH, height)
    box.center = screen.get_rect().center
    card(screen, box, theme)
    words(screen, (box.x + 34, box.y + 26), page.title, ("title", 26, theme.ink[0]))
    words(screen, (box.x + 34, box.y + 64), page.below, ("ui", 13, theme.ink[1]))
    rule(screen, box.x + 34, box.right - 34, box.y + 94, theme)
    y = box.y + 112
    for number, lines in enumerate(paragraphs):
        pygame.draw.rect(screen, theme.bad if number == 0 else theme.accent, (box.x + 34, y + 3, 3, ROW * len(lines) - 6))
        for line in lines:
            words(screen, (box.x + 50, y), line, ("ui-medium" if number == 0 else "ui", 14, theme.ink[0]))
            y += ROW
        y += 12
    words(screen, (box.x + 34, box.bottom - 32), page.foot, ("ui", 12, theme.ink[1]))
