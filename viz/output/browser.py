"""The replay for a browser: a recording as one HTML file that opens from disk, without a server or a network.

The page holds two pictures of the ground, a sheet of symbols, and what the frames tell: names and events as JSON, units,
ground and figures as one deflated stream of columns (`Packed`), each turn as its difference to the turn before.
"""

import base64
import io
import json
import zlib
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pygame

from model.account.frame import Frame, Opening
from model.ledger import Kind, Side
from model.map.theatre import Theatre
from viz import sdl
from viz.camera import Camera
from viz.map.gazetteer import short, style_of
from viz.map.tiles import Tiles
from viz.map.views import look_at_city
from viz.output.packed import Packed
from viz.output.writing import writing
from viz.palette import DAY, Colour, Theme
from viz.units.symbols import sign, symbol

THEATRE_PX, CITY_PX = 2200, 1500
"""Width of the two pictures of the ground."""
SYMBOL_PX = 40


def page(opening: Opening, theatre: Theatre, frames: Iterable[Frame], path: Path | str, theme: Theme = DAY) -> str:
    """Write the page and return a sentence that says what was written."""
    sdl.start(headless=True)
    packed = Packed(opening, theatre)
    for frame in frames:
        packed.add(frame)
    told = (
        _names(opening, theatre, theme) | packed.told() | {"ground": _ground(theatre, theme), "symbols": _symbols(opening, theme)}
    )
    parts = {
        "/*CSS*/": _asset("replay.css"),
        "/*JS*/": _asset("replay.js"),
        "{{TITLE}}": opening.title,
        "{{TOLD}}": json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"),
        "{{TURNS}}": base64.b64encode(zlib.compress(packed.stream(), 9)).decode(),
    }
    text = _asset("replay.html")
    for mark, part in parts.items():
        text = text.replace(mark, part)
    target = Path(path)
    with writing(target):
        target.write_text(text, encoding="utf-8")
    return f"{target}: {packed.turns} turns, {target.stat().st_size / 1e6:.1f} MB, opens in any browser from disk"


def _asset(name: str) -> str:
    return (files("viz") / "assets" / "browser" / name).read_text(encoding="utf-8")


def _css(colour: Colour) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def _names(opening: Opening, theatre: Theatre, theme: Theme) -> dict[str, Any]:
    """Return what does not change: names, colours, the frame of the map."""
    styles = [theme.force(opening, index) for index in range(len(opening.force_ids))]
    return {
        "title": opening.title,
        "scenario": opening.scenario,
        "seed": opening.seed,
        "hours": opening.turn_h,
        "cell": theatre.cell_km,
        "width": theatre.width,
        "cells": theatre.cells,
        "extent": [theatre.nx * theatre.cell_km, theatre.ny * theatre.cell_km],
        "forces": [
            {"name": name, "side": int(side), "line": _css(style.line)}
            for name, side, style in zip(opening.force_names, opening.force_sides, styles, strict=True)
        ],
        "kinds": [kind.name.lower().replace("_", " ") for kind in Kind],
        "wash": {int(side): [*wash.colour, wash.inside] for side, wash in theme.washes.items()},
        "fronts": {int(side): _css(wash.line) for side, wash in theme.washes.items()},
        "events": {str(kind): _css(colour) for kind, colour in theme.events.items()},
        "places": [
            [short(place), round(place.x_km, 2), round(place.y_km, 2), style_of(place).rank, style_of(place).shown_from]
            for place in theatre.places
            if place.cell >= 0
        ],
        "sides": [side.name.lower().replace("_", " ") for side in Side],
    }


def _ground(theatre: Theatre, theme: Theme) -> list[dict[str, Any]]:
    """Return the pictures of the ground, each with its box in km: west, south, east, north."""
    tiles = Tiles(theatre, theme)
    return [_picture(tiles, theatre, width, city=city) for width, city in ((THEATRE_PX, False), (CITY_PX, True))]


def _picture(tiles: Tiles, theatre: Theatre, width: int, *, city: bool) -> dict[str, Any]:
    height = round(width * tiles.extent[1] / tiles.extent[0])
    camera = Camera(width, height, tiles.extent)
    if city:
        look_at_city(camera, theatre)
    surface = pygame.Surface((width, height))
    tiles.prepare(camera, float("inf"))
    tiles.draw(surface, camera)
    (west, north), (east, south) = camera.km(0, 0), camera.km(width, height)
    return {"box": [west, south, east, north], "image": _encoded(surface, "ground.jpg", "image/jpeg")}


def _symbols(opening: Opening, theme: Theme) -> dict[str, Any]:
    """Return the sheet of symbols: a row a force, a column a kind."""
    sheet = pygame.Surface((SYMBOL_PX * len(Kind), SYMBOL_PX * len(opening.force_ids)), pygame.SRCALPHA)
    for force, side in enumerate(opening.force_sides):
        for kind in Kind:
            made = symbol(sign(theme.force(opening, force), side, int(kind), SYMBOL_PX))
            sheet.blit(made, made.get_rect(center=((kind + 0.5) * SYMBOL_PX, (force + 0.5) * SYMBOL_PX)))
    return {"size": SYMBOL_PX, "image": _encoded(sheet, "symbols.png", "image/png")}


def _encoded(surface: pygame.Surface, name: str, form: str) -> str:
    whole = io.BytesIO()
    pygame.image.save(surface, whole, name)
    return f"data:{form};base64,{base64.b64encode(whole.getvalue()).decode()}"
