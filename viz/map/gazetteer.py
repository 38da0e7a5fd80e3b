"""The gazetteer: how each kind of place is named and marked, and from which scale on."""

from dataclasses import dataclass

from model.map.theatre import Place, Theatre
from viz.text import font


@dataclass(frozen=True, slots=True)
class Style:
    """How the name of a kind of place looks; `rank` decides who stays where names would collide (0 first)."""

    rank: int
    face: str
    size: int
    shown_from: float  # pixels per km
    mark: str  # ring, dot, diamond, triangle, square, none
    military: bool = False


STYLES: dict[str, Style] = {
    "city": Style(0, "map-bold", 16, 0.0, "ring"),
    "airbase": Style(6, "map-italic", 13, 4.0, "plane", military=True),
    "town": Style(3, "map-medium", 14, 3.2, "dot"),
    "mountain": Style(6, "map-italic", 14, 0.0, "none"),
    "offmap_city": Style(3, "map-medium", 14, 3.2, "dot"),
    "military_base": Style(6, "map-italic", 13, 14.0, "square", military=True),
    "strongpoint": Style(7, "map-italic", 13, 18.0, "square", military=True),
    "village": Style(8, "map", 13, 9.0, "dot"),
    "oilfield": Style(9, "map-italic", 13, 9.0, "diamond"),
    "gasfield": Style(9, "map-italic", 13, 9.0, "diamond"),
    "hill": Style(10, "map-italic", 13, 16.0, "triangle"),
    "district": Style(5, "map-medium", 13, 22.0, "none"),
    "site": Style(11, "map-italic", 12, 26.0, "dot"),
    "junction": Style(12, "map-italic", 12, 12.0, "dot"),
}
CROSSING = Style(4, "map-italic", 13, 9.0, "none")
OTHER = Style(13, "map", 12, 30.0, "dot")


def style_of(place: Place) -> Style:
    """Return how a place is named and marked."""
    if place.kind.startswith("bridge"):
        return CROSSING
    return STYLES.get(place.kind, OTHER)


def size_of(place: Place, style: Style, scale: float) -> int:
    """Return the size of a name: it grows a little as one comes closer; what the article names is a size larger."""
    closer = 2 if scale > 20 else 1 if scale > 8 else 0
    chief = 3 if place.id == "dez" else 0
    return style.size + min(closer, 3) + chief


def short(place: Place) -> str:
    """Return the name without what stands in brackets."""
    return place.name.split(" (")[0].split(" / ")[0]


def written(place: Place, style: Style, *, arabic: bool) -> tuple[str, str]:
    """Return the name and the face it is written in."""
    if arabic and place.name_ar:
        return place.name_ar, "arabic"
    name = short(place)
    return (name.upper(), style.face) if place.id == "dez" else (name, style.face)


def shown(theatre: Theatre, scale: float) -> list[Place]:
    """Return the places named at a scale, the most important first."""
    named = [place for place in theatre.places if place.cell >= 0 and style_of(place).shown_from <= scale]
    return sorted(named, key=lambda place: (style_of(place).rank - 2 * place.in_article, place.id))


def extent(words: str, face: str, size: int) -> tuple[int, int]:
    """Return width and height of words in pixels, with their halo."""
    width, _ = font(face, size).size(words)
    return width + 4, size + 4
