"""What scenarios are made of: closed records, numbers with unit and basis, the names of sides, postures and qualities."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

SideName = Literal["government", "islamic_state", "sdf", "peshmerga"]
PostureName = Literal["attack", "probe", "hasty", "prepared", "fortified", "delay", "withdraw", "move", "hide", "rest"]
KindName = Literal["infantry", "motorised", "mechanised", "armour", "artillery", "headquarters", "raider"]
Quality = Literal["rg", "ndf", "army", "tribal", "tiger", "palmyra", "is_assault", "is_hold", "raider", "sdf", "peshmerga"]
CommandName = Literal["republican_guard", "ndf", "islamic_state", "sdf", "relief_column", "none"]


NAME = "[A-Za-z][A-Za-z0-9_]*"
_FACTOR = rf"([0-9]+(\.[0-9]+)?|{NAME}\.{NAME}|\(1 - {NAME}\.{NAME}\))"
REFERENCE = rf"(?=.*[A-Za-z]){_FACTOR}( \* {_FACTOR})*"
"""How a number is taken from the rulebook: a product of parameters (`group.parameter`), remainders and plain numbers."""
Reference = Annotated[str, Field(pattern=f"^{REFERENCE.removeprefix('(?=.*[A-Za-z])')}$")]
"""A number's home in the rulebook (see `model.configuration.references`); it may stand wherever a scenario wants a number."""


class Closed(BaseModel):
    """A frozen record: unknown keys, wrong types and non-finite numbers are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


MOST = 1e9
"""A quantity beyond this is a slip, and products of such numbers would end in infinity."""


class Quantity(Closed):
    """A number with its unit, the range it may be swept over, and where it comes from."""

    value: float
    unit: str
    range: tuple[float, float] | None = None
    basis: str = Field(min_length=3)

    @model_validator(mode="after")
    def _range_holds_value(self) -> "Quantity":
        if self.range is not None and not self.range[0] <= self.value <= self.range[1]:
            msg = f"value {self.value:g} lies outside its range {self.range[0]:g} to {self.range[1]:g}"
            raise ValueError(msg)
        return self


def _in(unit: str, *others: str) -> AfterValidator:
    def check(quantity: Quantity) -> Quantity:
        if quantity.unit not in (unit, *others):
            msg = f"unit should be '{unit}', not '{quantity.unit}'"
            raise ValueError(msg)
        if not 0 <= quantity.value <= MOST:
            msg = f"should lie between 0 and {MOST:g}, is {quantity.value:g} {unit}"
            raise ValueError(msg)
        return quantity

    return AfterValidator(check)


Tonnes = Annotated[Quantity, _in("t")]
TonnesPerDay = Annotated[Quantity, _in("t/day")]
Men = Annotated[Quantity, _in("men")]
People = Annotated[Quantity, _in("people")]
PerDay = Annotated[Quantity, _in("1/day")]
PerWeek = Annotated[Quantity, _in("1/week")]
PerNight = Annotated[Quantity, _in("1/night")]
Share = Annotated[Quantity, _in("share", "probability")]
Km = Annotated[Quantity, _in("km")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Position = tuple[Latitude, Longitude]
Box = tuple[Longitude, Latitude, Longitude, Latitude]  # west, south, east, north


class Parameter(Closed):
    """One number of the rulebook. `grade`: S seen in a source, M standard literature, F fitted, G guess to sweep."""

    value: float | int | bool | str
    unit: str
    range: tuple[float, float] | None = None
    options: tuple[str, ...] | None = None
    grade: Literal["S", "M", "F", "G"]
    meaning: str
    basis: str = Field(min_length=3)

    @model_validator(mode="after")
    def _value_is_allowed(self) -> "Parameter":
        if self.range is not None:
            if isinstance(self.value, str) or not self.range[0] <= self.value <= self.range[1]:
                msg = f"value {self.value} lies outside its range {self.range[0]:g} to {self.range[1]:g}"
                raise ValueError(msg)
        elif self.options is not None and self.value not in self.options:
            msg = f"value {self.value!r} should be one of {', '.join(self.options)}"
            raise ValueError(msg)
        return self


Pieces = Annotated[int, Field(ge=0, le=30_000)]
"""Weapons of one formation; the ledger counts those of a unit in 16 bits."""


class Vehicles(Closed):
    """Heavy weapons of a formation, in pieces."""

    tanks: Pieces = 0
    ifv: Pieces = 0
    technicals: Pieces = 0
    guns: Pieces = 0
    mortars: Pieces = 0
    atgm: Pieces = 0
    svbied: Pieces = 0
