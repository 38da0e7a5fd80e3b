"""The state of a campaign: everything that a law may read or change, named here and opened from a scenario."""

import datetime as dt
import math
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Protocol

import numpy as np

from model.account.picture_of_turn import LastPicture
from model.account.reasons import Reason
from model.account.theatre_now import Fog, TheatreNow
from model.arrays import Floats, Ints, Layer, Rows
from model.chance import Chance
from model.compiled import readable
from model.configuration.in_order import in_order
from model.events import Event
from model.hours import Hours
from model.inputs import DatedInput
from model.layers import Layers
from model.ledger import SIDES, Ground, Side
from model.map.crossings import open_steps
from model.map.terrain import CLOSE, START_FORT
from model.map.theatre import Theatre
from model.order_of_battle import QUALITIES, FormationName, units_at_start
from model.rows import open_rows
from model.rulebook import Rulebook
from model.rules import advance, attrition, battle_groups, sighting, tribes
from model.rules.air import Sky, Wing
from model.rules.clearing import Sweep
from model.rules.cooperation import Terms
from model.rules.economy import Economy
from model.rules.other_fronts import OtherFronts
from model.rules.weather import Weather
from model.scenario import Scenario
from model.subjects.books import SVBIEDS, blank
from model.subjects.communications import communications_of
from model.subjects.corridor import Corridor, corridors_of
from model.subjects.enclave import Enclave, cells_in, opened
from model.subjects.quarters import Chapter
from model.subjects.river import River
from model.subjects.siege_log import SiegeLog
from model.subjects.sources import Sources
from model.ways.fields import FlowFields, hours_per_km
from model.ways.open_country import nothing_near
from model.zones import Zones

CONSCRIPTS = ("ndf", "army")
"""Qualities of troops who may desert."""
SURRENDERS_AS = {
    "rg": "rg",
    "ndf": "ndf",
    "tribal": "ndf",
    "sdf": "sdf",
    "peshmerga": "sdf",
    "is_assault": "is",
    "is_hold": "is",
    "raider": "is",
}


class Commander(Protocol):
    """Whoever gives orders: called once a turn, in the order of the campaign's list."""

    name: str

    def look(self) -> None:
        """Take in the picture of the turn; all look before anyone decides."""

    def decide(self) -> None:
        """Write orders to own rows."""


class State(Hours, Sources):
    """What is true in one run. Laws and commanders work on these arrays; nothing else carries over from turn to turn."""

    rows: int  # units so far; the arrays that follow have an entry for each (model/rows.py)
    units: Rows
    seen: Rows
    enemy_km: Floats
    objective: Ints
    surprise: Floats
    svbied_hit: Layer
    broke: Layer
    rout_turn: Ints
    rout_cell: Ints
    hurt_before: Floats
    toll: Ints
    overrun: Layer
    slipped: Ints
    load_lost: Floats
    load_over: Layer
    last_bank: Layer
    scratch: Ints
    candidates: Ints
    hospital: Ints  # shape (days a wound lasts, rows)

    def open(self, situation: Scenario, theatre: Theatre, seed: int, commands: Sequence[str]) -> None:
        """Open the state of the first day, before the order of battle is written into it."""
        self.situation, self.theatre, self.seed = in_order(situation), theatre, seed
        self.rules = Rulebook(situation.rules)
        self.chance = Chance(seed)
        self.turns_per_day = 24 // situation.turn_h
        self.turn = 0
        self.days_per_turn = situation.turn_h / 24.0
        self.turns_planned = (situation.end - situation.start).days * self.turns_per_day
        self.over = False
        self.events: list[Event] = []
        self.yesterday: tuple[Event, ...] = ()  # events of the turn before
        self.reasons: list[Reason] = []  # orders that changed something this turn, and why
        self.milestones: dict[str, dt.date] = {}
        self.standing: dict[str, int] = {}  # days for which a milestone's condition has held
        self.commanders: list[Commander] = []
        self.desk: dict[Hashable, Any] = {}  # what commanders have worked out and share: made again at any time, so no state
        self.muster_faces: Callable[[int, int], None] = _no_faces
        self._open_ledger(commands)
        self._open_battle()
        self._open_map()
        self._open_enclave()
        self._open_supply()
        self.tables = attrition.Tables(self)
        self.rates = advance.Rates(self)
        self.sight = sighting.Sight(self)

    def _open_ledger(self, commands: Sequence[str]) -> None:
        open_rows(self, units_at_start(self.situation), int(self.rules.combat.wound_days))
        self.formations: list[FormationName] = []
        self.formation_index: dict[tuple[str, str], int] = {}
        self.force_index = {force: index for index, force in enumerate(self.situation.forces)}
        self.side_index = {force: int(Side[told.side.upper()]) for force, told in self.situation.forces.items()}
        self.command_index = {name: index for index, name in enumerate(commands)}
        self.sector_index: dict[tuple[str, str], int] = {}  # (side, sector) → number
        self.sector_home: dict[int, int] = {}  # number → cell of its depot
        self.occupied: dict[int, int] = {}  # cell → side, while the order of battle is written
        self.happens = {name: bool(self.chance[f"input:{name}"].random() < i.p) for name, i in self.situation.inputs.items()}
        self.almanac: list[list[tuple[str, DatedInput]]] = []  # what the calendar holds, day by day
        self.owed: dict[str, float] = {}  # men of dated inputs not yet made whole
        self.operations: dict[tuple[str, str], tuple[str, float]] = {}  # (force, axis) → objective, effort

    def _open_battle(self) -> None:
        morale = self.rules.morale
        self.ward = 0  # row of the hospital that takes in today
        self.lower_stands = False  # which of two equal forces that meet defends this turn
        self.report: Rows = readable(np.zeros(battle_groups.BATTLES, dtype=battle_groups.REPORT))
        self.assaulted = 0  # cells attacked this turn
        self.battles = 0  # rows of the report in use this turn
        self.condemned = np.zeros(SIDES, dtype=np.int64)  # captured, not to be spared, alive as yet
        self.executed = np.zeros(SIDES, dtype=np.int64)
        self.fate = np.zeros(SIDES)  # what a side knows of its prisoners' fate
        self.fate[Side.GOVERNMENT] = morale.fate0
        self.conscripts = np.array([quality in CONSCRIPTS for quality in QUALITIES], dtype=np.int8)
        self.surrender = np.array([getattr(morale, f"surr_{SURRENDERS_AS.get(quality, 'army')}") for quality in QUALITIES])

    def _open_map(self) -> None:
        theatre, move = self.theatre, self.rules.move
        self.layers = Layers(theatre, CLOSE[theatre.terrain].astype(np.int8))
        self.layers.fort[:] = START_FORT[theatre.terrain]
        self.intact = np.array([c.intact for c in theatre.crossings], dtype=np.bool_)
        self.hours_per_km = hours_per_km(theatre, self.rules)
        self.fields = FlowFields(theatre, self.hours_per_km, open_steps(theatre, self.intact))
        by_day = (move.zoc_day_km, move.zoc_urban_km)
        by_night = (move.zoc_night_km, min(move.zoc_night_km, move.zoc_urban_km))
        self._zones = tuple(Zones(km, theatre.cell_km, theatre.width, self.layers.urban_like) for km in (by_day, by_night))
        self.zones = self._zones[0]
        self.is_objective: Layer = np.zeros(theatre.cells, dtype=np.int8)
        self.enclosed: Ints = np.zeros(1 << 14, dtype=np.int32)  # scratch: cells that go back to the side around them
        self.piece: Ints = np.full(theatre.cells, -1, dtype=np.int32)  # piece of the enclave a cell belongs to
        self.place_index = [i for i, place in enumerate(theatre.places) if place.cell >= 0]
        self.place_cells = np.array([theatre.places[i].cell for i in self.place_index], dtype=np.int32)
        self.holders = self.layers.control[self.place_cells].copy()
        self.place_history: dict[str, list[Chapter]] = {}  # place id → who took it and when
        self.tribes = tribes.opened(self)
        self.river = River(theatre.crossings)
        self.weather = Weather()
        self.area_km2 = np.zeros(SIDES)
        self.fog = Fog()
        self.theatre_seen = (-1, TheatreNow())  # day, and how it looked that morning
        self.shown = LastPicture()

    def _open_enclave(self) -> None:
        air, situation = self.rules.air, self.situation
        finds = {"coalition": air.air_find_us, "government": air.air_find_ru}
        find_fac = {"coalition": air.air_find_us, "government": air.air_find_fac}
        sides = {"coalition": Side.SDF, "government": Side.GOVERNMENT}
        self.wings = [
            Wing(
                name, wing.name, int(sides[wing.side]), wing.sorties.value, wing.strikes_per_sortie.value, wing.quality.value,
                wing.night.value, finds[wing.side], find_fac[wing.side],
                air.us_weapons if wing.side == "coalition" else 1.0,  # the government's strikes are counted by aim points
                wing.aircraft, float(wing.height_m),
            )
            for name, wing in situation.air_forces.items()
        ]  # fmt: skip
        self.terms = Terms.of(self.rules)
        self.mistaken = False  # whether the coalition has hit army troops by mistake
        self.economy = Economy()
        self.other_fronts = OtherFronts()
        self.svbieds = {"ring": 0.0, "elsewhere": 0.0}
        self.svbied_book = blank(0.0, SVBIEDS)
        self.svbied_orders: list[tuple[int, int]] = []  # (cell, vehicles)
        self.svbieds_used = 0
        self.walked_in: list[tuple[int, int]] = []  # (turn, cell) of each man with a belt since day 0
        self.enclave: Enclave | None = None
        self.siege_log = SiegeLog()
        self.army_sdf_km = math.inf  # nearest units of the two, this morning
        self.in_box: Layer = np.zeros(self.theatre.cells, dtype=np.int8)  # 1 inside the frame of the siege
        self.town_cells: Ints = np.zeros(0, dtype=np.int32)  # built-up cells inside it
        self.airport_cell = self.city_cell = -1
        if situation.enclave is not None:
            self.enclave = opened(situation.enclave, cells_in(situation.enclave.box, self.theatre), self.rules, self.theatre)
            self.in_box[self.enclave.box_cells] = 1
            self.town_cells = np.flatnonzero((self.in_box == 1) & (self.theatre.ground == Ground.URBAN)).astype(np.int32)
            biggest = max(situation.enclave.quarters.values(), key=lambda quarter: quarter.people)
            self.airport_cell = self.theatre.place(situation.enclave.airport).cell
            self.city_cell = self.theatre.place(biggest.place).cell
        box = np.zeros(0, dtype=np.int32) if self.enclave is None else self.enclave.box_cells
        quarters = [] if self.enclave is None else self.enclave.quarters.cells.tolist()
        self.sky = Sky(self.theatre, box, quarters)

    def _open_supply(self) -> None:
        graph, move = self.theatre.graph, self.rules.move
        roads = np.array([0.0, move.v_truck_desert, move.v_truck_asphalt, move.v_truck_asphalt]) * move.friction  # by road class
        self.edge_days: Floats = graph.edge_km / roads[np.maximum(graph.edge_class, 1)]
        self.edge_open: Layer = np.zeros((SIDES, graph.edge_km.size), dtype=np.bool_)
        self.edge_cost: Floats = np.zeros((SIDES, graph.edge_km.size))  # days by which each side counts a segment
        self.danger: Floats = np.zeros((SIDES, graph.edge_km.size))  # incidents on each segment, exponentially forgotten
        self.shut_until: Floats = np.zeros((SIDES, graph.edge_km.size))  # day until which a raid keeps a segment shut
        self.corridors: dict[str, Corridor] = {}
        self.node_times: Floats = np.full((SIDES, graph.node_cell.size), np.inf)  # days from a source, by side
        self.came_by: Ints = np.zeros(graph.node_cell.size, dtype=np.int32)  # scratch of route searches
        self.near_nodes = nothing_near(self.theatre.cells, graph.node_cell, graph.node_xy_km)
        self.offroad_km_day = float(move.v_truck_desert * move.friction)
        found = [
            (self.node_of(place), int(Side[side.upper()]), place)
            for side, places in self.situation.supply_sources.items()
            for place in places
        ]
        found = [source for source in found if source[0] >= 0]
        self.source_nodes: Ints = np.array([node for node, _, _ in found], dtype=np.int32)
        self.source_sides: Ints = np.array([side for _, side, _ in found], dtype=np.int32)
        self.source_cells: Ints = np.array([self._seat_of(place) for _, _, place in found], dtype=np.int32)
        self.corridors = corridors_of(self)
        raiders, doubt = self.rules.corridor.rujmayn0, self.rules.intel.intel_sigma
        self.raiders_believed = float(raiders * np.exp(doubt * self.chance["raiders believed"].standard_normal()))  # on day 0
        self.sweeps: dict[int, Sweep] = {}  # side → the raiders' base it combs now
        self.communications = communications_of(self)

    def side_code(self, side: str) -> int:
        """Return the code of a side by its name in a scenario."""
        return int(Side[side.upper()])

    @property
    def siege(self) -> Enclave:
        """The enclave, for laws that are called only where there is one."""
        assert self.enclave is not None, "a law of the siege was called in a scenario without an enclave"
        return self.enclave


def _no_faces(first: int, last: int) -> None:
    """Make no faces: a campaign may run without agents."""
