"""The scenario: the situation as data, checked and frozen. Files are read by `model.configuration`; here is only the form.

Every number carries a unit and a basis. A key that is not written here is refused.
"""

import datetime as dt
from typing import Literal

from pydantic import Field, model_validator

from model.inputs import DatedInput
from model.lines import Line
from model.quantities import (
    Box,
    Closed,
    CommandName,
    KindName,
    Km,
    Parameter,
    People,
    PerDay,
    PerNight,
    PerWeek,
    Position,
    PostureName,
    Quality,
    Quantity,
    Reference,
    Share,
    SideName,
    Tonnes,
    TonnesPerDay,
    Vehicles,
)  # fmt: skip


class Quotation(Closed):
    """What a source says, and what the scenario makes of it."""

    text: str
    source: str
    note: str = ""


class MapChoice(Closed):
    """Which map, how fine, and which part of it (west, south, east, north in degrees; the whole frame by default)."""

    name: str = "euphrates"
    cell_km: float = Field(default=1.0, ge=0.5, le=5.0)
    box: Box | None = None
    control: dt.date | None = None
    """Day whose front lines are taken, where the map has several; its own day by default."""
    contested: dict[str, SideName | Literal["nobody"]] = {}
    """Area ids whose holder on the first day the scenario decides (Baghiliya)."""


class Formation(Closed):
    """A formation of the order of battle; it enters the game as `units` unit agents of equal size."""

    name: str
    place: str | None = None  # id of a place; stands there unless `at` is given
    at: Position | None = None  # latitude, longitude
    men: int = Field(gt=0, le=200_000)
    units: int = Field(gt=0, le=100_000)
    kind: KindName = "infantry"
    quality: Quality | None = None  # that of its force unless given
    command: CommandName | None = None  # that of its force unless given
    sector: str = ""  # the ground a commander counts it to
    depot: bool = False  # who comes to its sector from elsewhere gathers where it stands
    vehicles: Vehicles = Vehicles()
    posture: PostureName = "hasty"
    fort: int = Field(default=0, ge=0, le=3)
    front_km: float = Field(default=0.0, ge=0.0, le=1_000.0)  # km of front it holds; 0 = depth or reserve
    role: str = ""
    basis: str = Field(min_length=3)

    @model_validator(mode="after")
    def _stands_somewhere(self) -> "Formation":
        if self.place is None and self.at is None:
            msg = "needs a 'place' or an 'at: [latitude, longitude]'"
            raise ValueError(msg)
        if self.units > self.men:
            msg = f"{self.units} units cannot be made of {self.men} men"
            raise ValueError(msg)
        return self


class Force(Closed):
    """An organisation: its side, its quality, who commands it, its order of battle."""

    name: str
    name_ar: str = ""
    side: SideName
    quality: Quality
    command: CommandName = "none"
    order_of_battle: dict[str, Formation]


class AirForce(Closed):
    """Aircraft that strike: sorties a day for the mapped theatre, strikes each, effect and night ability."""

    name: str
    side: Literal["government", "coalition"]
    sorties: PerDay
    strikes_per_sortie: Quantity
    quality: Quantity  # effect relative to a coalition strike
    night: Quantity
    aircraft: int = Field(default=0, ge=0)  # those that a lost one is missed among; 0: losses do not tell
    height_m: int = Field(default=5_000, ge=0, le=12_000)  # of release
    basis: str = Field(min_length=3)


class Canopies(Closed):
    """How the pallets of an airlift fall, where it is not as the rulebook says (group drop)."""

    fall_speed: float = Field(gt=0)  # m/s
    wind_error: float = Field(ge=0)  # m/s, one axis
    scatter_km: float = Field(ge=0)  # per pallet, one axis
    failures: float = Field(ge=0, le=1)  # share
    basis: str = Field(min_length=3)


class Airlift(Closed):
    """Aircraft that supply the enclave from the air."""

    name: str
    carrier: str
    per_week: PerWeek | None = None
    per_night: PerNight | None = None
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)  # Monday 0
    chance: Share  # that a planned flight takes place before weather
    tonnes: Tonnes
    pallets: int = Field(ge=0)  # 0: lands, does not drop
    height_m: int = Field(ge=0, le=12_000)
    low_m: int | None = Field(default=None, ge=0, le=12_000)  # flown where no flak is seen
    food_share: Share
    aid: bool = False  # food aid for the people: what of it feeds soldiers is counted
    starts: dt.date | None = None
    ends: dt.date | None = None  # last day
    canopies: Canopies | None = None
    basis: str = Field(min_length=3)


class DropZone(Closed):
    """A place where pallets may be aimed; the planner chooses."""

    at: Position
    radius_km: Km
    basis: str = Field(min_length=3)


class Quarter(Closed):
    """Civilians of one quarter of the enclave."""

    place: str
    people: int = Field(gt=0, le=10_000_000)
    note: str = ""


class Enclave(Closed):
    """The besieged enclave on the first day: its frame, people, stores and the ways in by air."""

    box: Box  # west, south, east, north: where a garrison counts as the enclave's
    side: SideName = "government"
    quarters: dict[str, Quarter]
    population: People
    food: Tonnes  # state and garrison stores
    grain: Tonnes
    ammunition: Tonnes
    local_food: TonnesPerDay  # fields, gardens, smuggling
    nutrition: Share  # index of body stores on the first day
    airport: str  # place id
    drop_zones: dict[str, DropZone]
    airlifts: dict[str, Airlift]


class Axis(Closed):
    """A line of advance along the roads between two places, and the sectors whose men are used on it."""

    start: str  # place id
    objective: str  # place id
    sectors: tuple[str, ...]
    corridor: str | None = None  # id of the corridor that grows with it: how it is raided is weighed before each bound
    guards: tuple[str, ...] = ()  # sectors whose men keep the road behind it open
    base: str | None = None  # place where its line of communication begins, if that lies behind the start
    after: str | None = None  # name of the axis whose objective must have been reached first
    effort: float = Field(default=0.0, ge=0, le=1)  # what the commander gives it of his own will; inputs may raise it


class Front(Closed):
    """Enemy ground that a commander attacks: what lies around a place, with the men of these sectors."""

    around: str  # place id
    radius_km: float = Field(gt=0)
    sectors: tuple[str, ...]


class Person(Closed):
    """A commander as a preset: the parameters of policy that he would have otherwise, or leaves to the rulebook by name."""

    name: str
    settings: dict[str, float | int | bool | str]
    basis: str = Field(min_length=3)


class Doctrine(Closed):
    """How a commander thinks: its tactics in order of rank, and their settings."""

    commander: str
    led_by: str | None = None  # preset in `commanders` whose figures of policy he goes by
    tactics: tuple[str, ...]
    axes: dict[str, Axis] = {}
    fronts: dict[str, Front] = {}
    reserves: tuple[str, ...] = ()  # sectors that are kept back for counter-attack
    settings: dict[str, float | int | bool | str] = {}
    basis: str = Field(min_length=3)


class Corridor(Closed):
    """A long road that a side lives by, from its source to where it should lead: raided, guarded, open or shut."""

    side: SideName
    start: str  # place id or map-edge exit
    objective: str  # place id or map-edge exit
    feeds_other_fronts: bool = False  # cut, it costs a front that the map does not show


class Works(Closed):
    """How the men of a sector stand on the first day, whatever their formations say."""

    posture: PostureName
    fort: int = Field(ge=0, le=3)


class Lifeline(Closed):
    """The roads that hold a side's land together, from its capital's country to its border. Cut for days: encirclement."""

    side: SideName
    capital: str  # place id
    within_km: float = Field(gt=0)  # country around the capital
    borders: tuple[str, ...]  # map-edge exits
    workshops: tuple[str, ...] = ()  # lines that feed the workshops: while all are cut fewer vehicle bombs are built
    fades_with: str | None = None  # dated input during which what lies beyond the border loses its worth


class Scenario(Closed):
    """A situation: who is where with what, what is promised for later days, and by which rules it is played."""

    name: str
    title: str
    purpose: str
    quotations: tuple[Quotation, ...] = ()
    start: dt.date
    end: dt.date
    turn_h: Literal[6, 12] = 6
    map: MapChoice = MapChoice()
    forces: dict[str, Force]
    air_forces: dict[str, AirForce] = {}
    watched_km: float = Field(default=0.0, ge=0, le=50)
    """Enemies so near to each other have watched each other for long: they are known on the first day."""
    works: dict[str, Works] = {}  # sector → how its men stand at the start
    enclave: Enclave | None = None
    inputs: dict[str, DatedInput] = {}
    commanders: dict[str, Person] = {}
    doctrine: dict[str, Doctrine] = {}
    lines: dict[str, Line] = {}
    lifeline: Lifeline | None = None
    corridors: dict[str, Corridor] = {}
    supply_sources: dict[SideName, tuple[str, ...]] = {}  # place or map-edge ids
    rules: dict[str, dict[str, Parameter]]
    references: dict[str, Reference] = {}
    """Numbers taken from the rules, by dotted path; the loader fills this in (`model.configuration.references`)."""

    @model_validator(mode="after")
    def _ends_after_start(self) -> "Scenario":
        if self.end <= self.start:
            msg = f"end ({self.end}) should be after start ({self.start})"
            raise ValueError(msg)
        return self
