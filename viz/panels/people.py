"""People: what the panel says of the civilians of the enclave, first of all, and of what feeds them."""

import pygame

from model.account.frame import EnclaveNow, Frame, QuarterNow
from model.ledger import Side
from viz import pen
from viz.palette import Theme
from viz.panels.inspection import SIDES
from viz.panels.widgets import PAD, bar, heading, level, section_end, thousands, words
from viz.svg import rounded
from viz.text import fitted

CAUSES = {"shelling": "shells", "air": "air", "massacre": "massacre"}
"""Causes that are somebody's doing, and how they are called where there is little room."""


def killed_by(quarters: tuple[QuarterNow, ...]) -> dict[tuple[int, str], int]:
    """Return the civilians killed, by the side whose fire it was and the cause, the most first; natural deaths are left out."""
    out: dict[tuple[int, str], int] = {}
    for quarter in quarters:
        for cause, side, people in quarter.dead:
            if cause in CAUSES and people:
                out[side, cause] = out.get((side, cause), 0) + people
    return dict(sorted(out.items(), key=lambda item: (-item[1], item[0])))


def civilians(sheet: pygame.Surface, y: int, enclave: EnclaveNow, frame: Frame, theme: Theme) -> int:
    """Draw how many live, what they eat, who died and by whose fire; return where the next section starts."""
    right = sheet.get_width() - PAD
    y = heading(sheet, y, "Civilians in the enclave", theme)
    words(sheet, (PAD, y - 4), thousands(enclave.civilians), ("title", 26, theme.ink[0]))
    words(sheet, (right, y), f"ration {enclave.ration:.0%} of need", ("ui-medium", 13, theme.ink[0]), anchor="topright")
    bar(sheet, pygame.Rect(right - 150, y + 21, 150, 6), enclave.ration, level(enclave.ration, theme), theme)
    y += 36
    total = enclave.dead_hunger + enclave.dead_fire + enclave.dead_massacre
    words(sheet, (PAD, y), f"{thousands(total)} dead", ("ui-semi", 13, theme.bad))
    gone = f"{thousands(enclave.abducted)} abducted · {thousands(enclave.left)} left"
    words(sheet, (right, y), gone, ("ui", 12, theme.ink[1]), anchor="topright")
    causes = f"hunger {enclave.dead_hunger:,} · shells and air {enclave.dead_fire:,} · massacre {enclave.dead_massacre:,}"
    words(sheet, (PAD, y + 19), fitted(causes, "ui", 12, right - PAD), ("ui", 12, theme.ink[1]))
    return section_end(sheet, _blame(sheet, y + 40, killed_by(frame.quarters), theme), theme)


def _blame(sheet: pygame.Surface, y: int, dead: dict[tuple[int, str], int], theme: Theme) -> int:
    """Draw whose fire killed them, as one bar of shares and a line of figures."""
    total = sum(dead.values())
    if not total:
        return y
    x, width = float(PAD), sheet.get_width() - 2 * PAD
    sheet.blit(rounded((width, 6), 3, theme.hairline), (PAD, y))
    said: dict[int, list[str]] = {}
    for (side, cause), people in dead.items():
        share = width * people / total
        style = theme.sides.get(side, theme.sides[Side.NOBODY])
        pen.rect(sheet, style.line, (round(x), y, max(1, round(share) - 1), 6))
        said.setdefault(side, []).append(f"{CAUSES[cause]} {people:,}")
        x += share
    y += 10
    for side, parts in said.items():
        who = f"by {SIDES[Side(side)]}" if side else "by nobody known"
        colour = theme.sides.get(side, theme.sides[Side.NOBODY]).line
        pen.rect(sheet, colour, (PAD, y + 4, 7, 7))
        words(sheet, (PAD + 13, y), fitted(f"{who}: {', '.join(parts)}", "ui", 11, width - 13), ("ui", 11, theme.ink[1]))
        y += 15
    return y + 3


def stores(sheet: pygame.Surface, y: int, now: EnclaveNow, theme: Theme) -> int:
    """Draw what the enclave lives and fights on."""
    pieces = f" · {now.components} pieces" if now.components > 1 else ""
    y = heading(sheet, y, "The enclave", theme, f"{thousands(now.garrison)} men · {now.area_km2:,.0f} km²{pieces}")
    width = (sheet.get_width() - 2 * PAD - 20) // 2
    share = now.recovered_t / max(now.dropped_t, 1)
    gauges = (
        ("Ammunition", f"{now.ammo_days:.0f} days" if now.ammo_days < 365 else "over a year", now.ammo_days / 30),
        ("Soldiers' ration", f"{now.soldier_ration:.0%}", now.soldier_ration),
        ("From the air today", f"{now.tonnes_today:.1f} t", now.tonnes_today / 40),
        ("Drops recovered", f"{share:.0%}", share),
    )
    for number, (name, figure, part) in enumerate(gauges):
        x, top = PAD + (number % 2) * (width + 20), y + 27 * (number // 2)
        words(sheet, (x, top), name, ("ui", 12, theme.ink[1]))
        words(sheet, (x + width, top), figure, ("ui-semi", 12, theme.ink[0]), anchor="topright")
        colour = theme.accent if number >= 2 else level(part, theme)
        bar(sheet, pygame.Rect(x, top + 17, width, 4), part, colour, theme)
    note = f"{thousands(now.dropped_t)} t dropped so far · airport: {now.airport}"
    words(sheet, (PAD, y + 54), fitted(note, "ui", 11, sheet.get_width() - 2 * PAD), ("ui", 11, theme.ink[2]))
    return section_end(sheet, y + 73, theme)
