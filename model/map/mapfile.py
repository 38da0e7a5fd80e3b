"""The forms of a map's files: closed, strict, checked before anything is drawn from them."""

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from model.quantities import Closed, SideName

Bank = Literal["L", "R", "both"]
Position = tuple[float, float]  # longitude, latitude in degrees; in a sketch x, y in km


class Frame(Closed):
    """Edges in degrees."""

    west: float = Field(ge=-180, le=180)
    south: float = Field(ge=-85, le=85)
    east: float = Field(ge=-180, le=180)
    north: float = Field(ge=-85, le=85)

    @model_validator(mode="after")
    def _in_order(self) -> "Frame":
        if self.east <= self.west or self.north <= self.south:
            msg = "east should be greater than west, and north than south"
            raise ValueError(msg)
        return self


class Projection(Closed):
    """Equirectangular, true to scale along lat0."""

    lat0: float = Field(ge=-85, le=85)
    earth_radius_km: float = Field(gt=0, le=10_000)


class Files(Closed):
    """Where the map's layers are, seen from the map's own folder."""

    places: str
    lines: str
    areas: str
    heights: str


class Ridge(Closed):
    """A modelled rise: an area stands `rise_m` (outline, crest) over the ground at a place."""

    area: str
    above: str
    rise_m: tuple[float, float]
    basis: str = Field(min_length=3)


class Rim(Closed):
    """A modelled escarpment: one side of a line stands over the ground at its foot."""

    line: str
    rise_m: float = Field(gt=0)
    foot_km: float = Field(gt=0)
    back_km: float = Field(gt=0)
    high_side: Literal["left", "right"]
    basis: str = Field(min_length=3)


class Runway(Closed):
    """Asphalt through an airfield, centred on its place."""

    place: str
    bearing: float = Field(ge=0, lt=360)
    length_km: float = Field(gt=0)
    basis: str = Field(min_length=3)


class Exit(Closed):
    """A place where a road leaves the frame, and what lies beyond."""

    id: str
    lat: float
    lon: float
    beyond: tuple[str, ...] = ()
    holder: Literal[SideName, "contested", "none"] = "none"
    supply: Literal[SideName, "none"] = "none"


class CrossingRow(Closed):
    """A way over the river: its position is that of the place of the same id and a vertex of its road."""

    id: str
    road: str
    state: Literal["intact", "destroyed"]
    until: dt.date | None = None
    since: dt.date | None = None
    holder: SideName | None = None
    note: str = ""


class PlaceRow(Closed):
    """A named place."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    name_ar: str = ""
    also: str = ""
    lat: float = Field(ge=-90, le=90)
    lon: float = Field(ge=-180, le=180)
    kind: str = Field(min_length=1)
    bank: Bank
    holder: str = ""
    in_article: bool = False
    accuracy_km: float = Field(ge=0)
    source: str = ""
    note: str = ""


class LineRow(Closed):
    """A river, road, border or escarpment."""

    id: str = Field(min_length=1)
    kind: Literal["river", "road", "border", "escarpment"]
    name: str
    cls: Literal["", "highway", "road", "track"] = ""
    bank: Literal["", "L", "R", "both"] = ""
    crossing: str = ""
    ref: str = ""
    width_m: float | None = None
    crossable: str = ""
    relief_m: float | None = None
    relief_range_m: tuple[float, float] | None = None
    source: str = ""
    licence: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _road_has_class_and_bank(self) -> "LineRow":
        if self.kind == "road" and not (self.cls and self.bank):
            msg = f"road '{self.id}' needs a 'cls' (highway, road, track) and a 'bank' (L, R, both)"
            raise ValueError(msg)
        return self


class AreaRow(Closed):
    """An area of ground, of control, of a tribe, or the left bank."""

    id: str = Field(min_length=1)
    kind: Literal[
        "steppe_farm", "plateau", "irrigated", "saltflat", "hill", "mountain", "airfield", "military", "village_area",
        "urban", "district", "lake", "control", "bank", "tribe",
    ]  # fmt: skip
    name: str
    holder: Literal[SideName, "nobody", "", "contested"] = ""
    date: dt.date | None = None
    cover: str = ""
    area_km2: float | None = None
    relief_m: float | None = None
    relief_range_m: tuple[float, float] | None = None
    contour_m: float | None = None
    source: str = ""
    licence: str = ""
    note: str = ""

    @model_validator(mode="after")
    def _control_has_holder(self) -> "AreaRow":
        if self.kind == "control" and self.holder in {"", "contested"}:
            msg = f"control area '{self.id}' needs a 'holder'"
            raise ValueError(msg)
        return self


class SketchPlace(Closed):
    """A place of a sketch, in km from its south-west corner."""

    id: str = Field(min_length=1)
    name: str = Field(min_length=1)
    name_ar: str = ""
    at: Position
    kind: str
    bank: Bank = "R"


class SketchLine(LineRow):
    """A line of a sketch, in km."""

    points: tuple[Position, ...] = Field(min_length=2)


class SketchArea(AreaRow):
    """An area of a sketch: its rings in km, outline first."""

    rings: tuple[tuple[Position, ...], ...] = Field(min_length=1)


class Sketch(Closed):
    """A small map drawn in km instead of from files."""

    height_m: float = 200.0  # of the flat ground
    places: tuple[SketchPlace, ...]
    lines: tuple[SketchLine, ...] = ()
    areas: tuple[SketchArea, ...] = ()


class MapFile(Closed):
    """A map: its frame, where its layers come from, what is modelled, the exits and the crossings."""

    name: str
    title: str
    control_date: dt.date
    frame: Frame
    inset: Frame | None = None
    projection: Projection
    ground: Literal["desert", "steppe_farm"] = "desert"
    holder: Literal[SideName, "nobody"] = "nobody"
    files: Files | None = None
    sketch: Sketch | None = None
    ridges: tuple[Ridge, ...] = ()
    rims: tuple[Rim, ...] = ()
    runways: tuple[Runway, ...] = ()
    exits: tuple[Exit, ...] = ()
    crossings: tuple[CrossingRow, ...] = ()
    credits: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _has_one_source(self) -> "MapFile":
        if (self.files is None) == (self.sketch is None):
            msg = "needs either 'files' or a 'sketch'"
            raise ValueError(msg)
        return self
