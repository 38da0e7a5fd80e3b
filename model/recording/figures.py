"""The figures of a frame: everything but its two arrays, as compact JSON."""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date, datetime
from operator import attrgetter
from typing import Any

import numpy as np

from model.account.frame import FRAME_UNIT, EnclaveNow, ForceNow, Frame, Opening, QuarterNow
from model.account.theatre_now import CorridorNow, LineNow, TheatreNow
from model.events import Event, EventKind


def _names(form: type[Any]) -> tuple[str, ...]:
    names: tuple[str, ...] = getattr(form, "_fields", ()) or tuple(field.name for field in fields(form))
    return names


_event = attrgetter(*_names(Event))
_FORMS = (Frame, ForceNow, EnclaveNow, QuarterNow, Event, Opening, TheatreNow)
_EVENT_KIND = _names(Event).index("kind")
_KINDS = {str(kind): kind for kind in EventKind}

LAYOUT = hashlib.sha256(
    repr([FRAME_UNIT.descr, *(_names(form) for form in _FORMS), LineNow._fields, CorridorNow._fields]).encode()
).hexdigest()[:16]
"""Names the layout of a frame: a recording of another layout is refused, never misread."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a frame holds besides units and control, by the frame's own names."""

    turn: int
    day: float
    when: datetime
    crossings: tuple[str, ...]
    weather: str
    wind: float
    forces: tuple[ForceNow, ...]
    enclave: EnclaveNow | None
    milestones: dict[str, date]
    events: tuple[Event, ...]
    over: bool
    quarters: tuple[QuarterNow, ...]
    manpower: dict[str, int]
    theatre: TheatreNow


def _plain(number: object) -> int | float | bool:
    if isinstance(number, np.generic):
        plain: int | float | bool = number.item()
        return plain
    msg = f"{type(number).__name__} cannot be recorded"
    raise TypeError(msg)


def as_json(record: object) -> bytes:
    """Return a record as compact JSON; NumPy's numbers become plain ones, floats keep every bit."""
    text = json.dumps(record, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return text.encode("utf-8", "surrogatepass")


def from_json(text: bytes) -> Any:
    """Return what `as_json` was given (tuples come back as lists)."""
    return json.loads(text.decode("utf-8", "surrogatepass"))


def pack(frame: Frame, before: Frame | None = None) -> bytes:
    """Return the figures of a frame as bytes; quarters and manpower are left out if they are those of the frame before."""
    same = before is not None and frame.quarters == before.quarters and frame.manpower == before.manpower
    return as_json(
        [
            frame.turn,
            frame.day,
            frame.when.isoformat(),
            frame.crossings,
            frame.weather,
            frame.wind,
            frame.forces,
            frame.enclave,
            {name: when.isoformat() for name, when in frame.milestones.items()},
            [_event(event) for event in frame.events],
            frame.over,
            None if same else frame.quarters,
            None if same else frame.manpower,
            _theatre(frame.theatre),
        ]
    )


def _theatre(now: TheatreNow) -> list[Any]:
    return [now.lines, now.corridors, now.measures, now.cause_of_fall]


def _theatre_of(values: list[Any]) -> TheatreNow:
    lines, corridors, measures, cause = values
    return TheatreNow(tuple(LineNow(*line) for line in lines), tuple(CorridorNow(*road) for road in corridors), measures, cause)


def _event_of(values: list[Any]) -> Event:
    values[_EVENT_KIND] = _KINDS[values[_EVENT_KIND]]
    return Event(*values)


def unpack(text: bytes, before: Frame | None = None) -> Figures:
    """Return the figures that `pack` wrote (ValueError if they lean on a frame before that is not given)."""
    (
        turn, day, when, crossings, weather, wind, forces, enclave, milestones, events, over, quarters, manpower, theatre,
    ) = from_json(text)  # fmt: skip
    if quarters is None and before is None:
        msg = "it leaves out quarters that stood in a frame that is not at hand"
        raise ValueError(msg)
    return Figures(
        turn=turn,
        day=day,
        when=datetime.fromisoformat(when),
        crossings=tuple(crossings),
        weather=weather,
        wind=wind,
        forces=tuple(ForceNow(*values) for values in forces),
        enclave=None if enclave is None else EnclaveNow(*enclave),
        milestones={name: date.fromisoformat(text) for name, text in milestones.items()},
        events=tuple(_event_of(values) for values in events),
        over=over,
        quarters=before.quarters if before and quarters is None else tuple(QuarterNow(*_frozen(values)) for values in quarters),
        manpower=before.manpower if before and manpower is None else manpower,
        theatre=_theatre_of(theatre),
    )


def pack_opening(opening: Opening) -> dict[str, Any]:
    """Return an opening as a JSON object."""
    values = {name: getattr(opening, name) for name in _names(Opening)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def unpack_opening(values: dict[str, Any]) -> Opening:
    """Return the opening that `pack_opening` wrote."""
    dated = {field.name for field in fields(Opening) if field.type is date}
    told: dict[str, Any] = {name: date.fromisoformat(v) if name in dated else _frozen(v) for name, v in values.items()}
    return Opening(**told)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(part) for part in value) if isinstance(value, list) else value
