"""The frame: all that one may see of a turn, immutable. Viewer, recording and tables read frames and nothing else."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.account.theatre_now import TheatreNow
from model.events import Event

FRAME_UNIT = np.dtype(
    [
        ("row", np.int16),  # identity over the whole run
        ("side", np.int8),
        ("force", np.int8),
        ("kind", np.int8),
        ("formation", np.int16),
        ("cell", np.int32),
        ("heading", np.int8),  # direction of the step under way, -1 none
        ("x", np.uint8),  # progress of that step, 0-255
        ("goal", np.int32),  # cell its order names, -1 none
        ("order", np.int8),
        ("state", np.int8),
        ("posture", np.int8),
        ("fort", np.int8),
        ("engaged", np.int8),
        ("traced", np.int8),
        ("seen_by", np.uint8),  # bit s set: side s holds it as a contact (its own side always)
        ("men", np.int32),
        ("men0", np.int32),
        ("sup", np.uint8),  # 0-255
        ("fatigue", np.uint8),
        ("resolve", np.uint8),
        ("ammo", np.uint8),  # tenths of a day of defence, capped
        ("food", np.uint8),  # tenths of a day, capped
        ("tank", np.int16),
        ("ifv", np.int16),
        ("tech", np.int16),
        ("gun", np.int16),
        ("mortar", np.int16),
    ]
)
"""One unit in the field, as seen from outside (rows of units that are alive, in ledger order)."""


class ForceNow(NamedTuple):
    """One force this turn. Men are people; the losses run from day 0."""

    men: int
    units: int
    killed: int
    wounded: int
    captured: int
    deserted: int
    tanks: int
    area_km2: float  # ground of its side this morning (the same figure for every force of a side)
    joined: int | None = None  # men who came after day 0; None where it is not counted
    left: int | None = None  # men withdrawn


class EnclaveNow(NamedTuple):
    """The besieged enclave this turn. Tonnes, days, people, km²."""

    civilians: int
    dead_hunger: int
    dead_fire: int  # by shelling and air, whoever's
    dead_massacre: int
    abducted: int
    left: int
    ration: float  # share of full need, civilians
    soldier_ration: float
    food_t: float
    grain_t: float
    ammo_t: float
    food_days: float
    ammo_days: float
    garrison: int
    area_km2: float
    components: int  # pieces it is in
    tonnes_today: float  # recovered from the air over the last 24 h
    dropped_t: float  # since day 0
    recovered_t: float
    enemy_t: float
    airport: str  # "fixed wing", "helicopters by night", "shut"
    no_mans_t: float | None = None  # lay between the lines, since day 0; None where it is not counted
    behind: int = 0  # people in quarters that another side holds now
    freed: int = 0  # of the abducted
    aid_to_army_t: float = 0.0  # food aid that soldiers ate, since day 0
    conscripts_today: int = 0
    lost_t: float | None = None  # torn canopies and pallets beyond anyone's reach, since day 0


class QuarterNow(NamedTuple):
    """A populated quarter: whose it is, who lives there, who died there, how it changed hands."""

    place: str  # id
    side: int  # ledger.Side
    people: int
    dead: tuple[tuple[str, int, int], ...] = ()  # cause, side whose fire it was (0: nobody's), people since day 0
    history: tuple[tuple[str, int, str], ...] = ()  # ISO date, side, what happened


@dataclass(frozen=True, slots=True)
class Opening:
    """What a viewer must know before the first frame: names and the map to draw. Never changes during a run."""

    title: str
    scenario: str
    seed: int
    start: date
    end: date
    turn_h: int
    map_name: str  # name of the map in configs/map
    map_digest: str
    cell_km: float
    frame_box: tuple[float, float, float, float]  # west, south, east, north in degrees
    force_ids: tuple[str, ...]
    force_names: tuple[str, ...]
    force_sides: tuple[int, ...]
    formation_names: tuple[str, ...]
    formation_basis: tuple[str, ...]
    line_edges: tuple[tuple[str, tuple[int, ...]], ...] = ()  # lines of communication: id, road segments of the map's graph
    map_choice: str = ""  # model.scenario.MapChoice as JSON: a replay builds the same map from it


@dataclass(frozen=True, slots=True)
class Frame:
    """The world after `turn` turns (turn 0 is the start). Arrays are read-only."""

    turn: int
    day: float  # days since the start
    when: datetime
    units: npt.NDArray[np.void]  # FRAME_UNIT
    control: npt.NDArray[np.int8]  # Side per padded cell
    crossings: tuple[str, ...]  # state of each crossing, in the map's order: intact, destroyed
    weather: str  # clear, haze, storm
    wind: float  # m/s at 10 m
    forces: tuple[ForceNow, ...]
    enclave: EnclaveNow | None
    milestones: dict[str, date]  # relief, contact, junction, encirclement, fall … and when
    events: tuple[Event, ...]
    over: bool
    quarters: tuple[QuarterNow, ...] = ()
    manpower: dict[str, int] = field(default_factory=dict)  # the garrison's flows since day 0, losses negative
    theatre: TheatreNow = field(default_factory=TheatreNow)  # as of this morning
