"""Dated inputs: what the outside world does on a day, and how likely it is that it does. Inputs only, never what follows."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.quantities import Closed, CommandName, Quality, SideName, Vehicles


class _Dated(Closed):
    date: dt.date
    until: dt.date | None = None
    p: float = Field(default=1.0, ge=0.0, le=1.0)  # chance that it happens at all in a run
    basis: str = Field(min_length=3)
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "_Dated":
        if self.until is not None and self.until < self.date:
            msg = f"ends ({self.until}) before it begins ({self.date})"
            raise ValueError(msg)
        return self


class Reinforcement(_Dated):
    """Men arrive at a place for a force: at once, or evenly until `until`."""

    kind: Literal["reinforcement"]
    force: str
    place: str
    men: int = Field(gt=0, le=200_000)
    units: int = Field(default=1, gt=0, le=10_000)
    formation: str = ""  # id of a formation of the force that they join; else they form their own
    sector: str = ""
    quality: Quality | None = None
    command: CommandName | None = None
    vehicles: Vehicles = Vehicles()
    by_air: bool = False  # needs an airfield or pad that is not shut


class Withdrawal(_Dated):
    """Men leave the map: formations (id → men), or from sectors in proportion to what they have there."""

    kind: Literal["withdrawal"]
    force: str
    formations: dict[str, int] = {}
    sectors: tuple[str, ...] = ()
    men: int = Field(default=0, ge=0, le=200_000)
    per_day: bool = False  # `men` is a day's figure
    to: str = ""


class Transfer(_Dated):
    """Men of a force are sent from sectors to another, by road, over the days until `until`; the commander uses them."""

    kind: Literal["transfer"]
    force: str
    sources: dict[str, int]  # sector → men
    to_sector: str


class Strength(_Dated):
    """A force is brought up to `men` at a place (nothing happens if it has as many).

    Men whom it kept although a dated withdrawal called for them come on top.
    """

    kind: Literal["strength"]
    force: str
    place: str
    men: int = Field(gt=0, le=200_000)
    units: int = Field(gt=0, le=10_000)
    near_km: float = Field(default=30.0, gt=0)
    sector: str = ""  # those who come are counted to it; "" to that of the nearest units of their commander
    quality: Quality | None = None
    vehicles: Vehicles = Vehicles()


class CrossingChange(_Dated):
    """A crossing is destroyed or restored from outside."""

    kind: Literal["crossing"]
    crossing: str
    state: Literal["destroyed", "intact"]


class AirEffort(_Dated):
    """Sorties of an air force: a factor, or a figure a day, while it lasts."""

    kind: Literal["air_effort"]
    air_force: str
    factor: float | None = Field(default=None, ge=0)
    sorties: float | None = Field(default=None, ge=0)
    deep: float | None = Field(default=None, ge=0, le=1)  # share of them against oil, workshops and roads


class Bombing(_Dated):
    """Strikes from outside on the hostile troops, or by mistake on those of `side`, nearest to a place."""

    kind: Literal["bombing"]
    air_force: str
    place: str
    strikes: int = Field(gt=0, le=10_000)
    on: SideName
    within_km: float = Field(default=5.0, gt=0)


class Operation(_Dated):
    """A force is committed on an axis: the share of its commander's effort that the outside world asks for."""

    kind: Literal["operation"]
    force: str
    axis: str
    objective: str  # place id
    effort: float = Field(ge=0, le=1)


class Sky(_Dated):
    """The weather that is known of these days; on all others it is drawn."""

    kind: Literal["weather"]
    sky: Literal["clear", "haze", "storm"]


class RoadClosed(_Dated):
    """A road is closed to a side by what the map does not show: all of a line, or the stretches that meet at places."""

    kind: Literal["road"]
    side: SideName  # to whom it is closed
    line: str = ""  # id of a line of the scenario
    places: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _says_where(self) -> "RoadClosed":
        if not self.line and not self.places:
            msg = "needs a 'line' or 'places'"
            raise ValueError(msg)
        return self


DatedInput = Annotated[
    Reinforcement | Withdrawal | Transfer | Strength | CrossingChange | AirEffort | Bombing | Operation | Sky | RoadClosed,
    Field(discriminator="kind"),
]
