"""The campaign: a Mesa model that holds the state of one run. What happens in a turn stands in `model/turn.py`."""

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from typing import Protocol

import mesa
import numpy as np

from model import turn
from model.chance import Chance
from model.chronicle import Chronicle
from model.compiled import readable
from model.enclave import opened
from model.events import Event
from model.fields import FlowFields, hours_per_km
from model.frame import Frame, Opening
from model.layers import Layers, reach_table
from model.ledger import SEEN, SIDES, UNIT, Ground, Side
from model.map.crossings import open_steps
from model.map.terrain import Terrain
from model.map.theatre import Theatre
from model.order_of_battle import QUALITIES, muster_all, rows_needed
from model.picture_of_turn import enclave_now, forces_now, frame_units, opening_of
from model.roster import FormationName, Roster
from model.rulebook import Rulebook
from model.rules import advance, attrition, siege, sighting, supply
from model.rules.air import Wing
from model.rules.weather import Weather
from model.scenario import Scenario
from model.whereabouts import Whereabouts

DAWN = dt.time(6)
CLOSE_TERRAIN = (Terrain.URBAN, Terrain.IRRIGATED, Terrain.VILLAGE, Terrain.HILL)
"""Ground where a zone of control is short."""


class Commander(Protocol):
    """Whoever gives orders: called once a turn, in the order of the campaign's list."""

    name: str

    def decide(self) -> None:
        """Look at the picture and write orders to own rows."""


Muster = Callable[["Campaign"], Sequence[Commander]]


class Campaign(Chronicle, Roster, Whereabouts, mesa.Model):
    """One run of a scenario: clock, ledger, map, stores; its commanders come from outside.

    Parameters
    ----------
    situation
        The scenario.
    theatre
        The map it is played on.
    seed
        Root of all chance.
    commands
        Names of the commanders, in order; a unit's `command` is an index into it.
    muster
        Called once with the campaign; returns the commanders.
    """

    def __init__(
        self, situation: Scenario, theatre: Theatre, seed: int, commands: Sequence[str] = (), muster: Muster | None = None
    ) -> None:
        super().__init__(rng=seed)
        self.situation, self.theatre, self.seed = situation, theatre, seed
        self.rules = Rulebook(situation.rules)
        self.chance = Chance(seed)
        self.turn = 0
        self.turns_per_day = 24 // situation.turn_h
        self.days_per_turn = situation.turn_h / 24.0
        self.turns_planned = (situation.end - situation.start).days * self.turns_per_day
        self.over = False
        self.events: list[Event] = []
        self.yesterday: tuple[Event, ...] = ()  # events of the turn before
        self.milestones: dict[str, dt.date] = {}
        self.standing: dict[str, int] = {}
        self._open_ledger(commands)
        self._open_map()
        self._open_air_and_enclave()
        self._open_supply()
        self.muster_faces: Callable[[int, int], None] = lambda first, last: None
        self.commanders: list[Commander] = []
        muster_all(self)
        supply.trace(self)
        self._mark_besieged()
        self.commanders = list(muster(self)) if muster else []

    # -- opening -----------------------------------------------------------------------------------------------------

    def _open_ledger(self, commands: Sequence[str]) -> None:
        self.rows = rows_needed(self.situation)
        self.units = np.zeros(self.rows, dtype=UNIT)
        self.readable_units = readable(self.units)
        self.seen = np.zeros((SIDES, self.rows), dtype=SEEN)
        self.seen["turn"] = -1
        self.formations: list[FormationName] = []
        self.formation_index: dict[tuple[str, str], int] = {}
        self.force_index = {force: index for index, force in enumerate(self.situation.forces)}
        self.command_index = {name: index for index, name in enumerate(commands)}
        self.sector_index: dict[tuple[str, str], int] = {}
        self.sector_home: dict[int, int] = {}
        self.occupied: dict[int, int] = {}
        self.last_row = 0
        morale = self.rules.morale
        self.hospital = np.zeros((int(self.rules.combat.wound_days), self.rows), dtype=np.int32)
        self.ward = 0
        self.enemy_km = np.full(self.rows, 1e9)
        self.objective = np.full(self.rows, -1, dtype=np.int32)
        self.surprise = np.ones(self.rows)
        self.svbied_hit = np.zeros(self.rows, dtype=np.int8)
        self.broke = np.zeros(self.rows, dtype=np.int8)
        self.toll = np.zeros((self.rows, 2), dtype=np.int32)
        self.scratch = np.zeros(self.rows, dtype=np.int32)
        self.candidates = np.zeros(self.rows, dtype=np.int32)
        self.scratch_flags = np.zeros(self.rows, dtype=np.int8)
        self.report = readable(np.zeros(attrition.BATTLES, dtype=attrition.REPORT))
        self.battles = 0
        self.fought = np.zeros(SIDES, dtype=np.int64)
        self.executed = np.zeros(SIDES, dtype=np.int64)
        self.fate = np.zeros(SIDES)
        self.fate[Side.GOVERNMENT] = morale.fate0
        surrender = {"rg": morale.surr_rg, "ndf": morale.surr_ndf, "tribal": morale.surr_ndf, "sdf": morale.surr_sdf}
        surrender |= {"is_assault": morale.surr_is, "is_hold": morale.surr_is, "raider": morale.surr_is, "peshmerga": morale.surr_sdf}
        self.surrender = np.array([surrender.get(quality, morale.surr_army) for quality in QUALITIES])
        self.militia = self.force_index.get("ndf", -1)
        self.happens = self._draw_inputs()
        self.owed: dict[str, float] = {}
        self.operations: dict[tuple[str, str], tuple[str, float]] = {}

    def _mark_besieged(self) -> None:
        if self.enclave is not None:
            siege.encircle(self)

    def _draw_inputs(self) -> dict[str, bool]:
        """Draw once which of the uncertain inputs happen in this run."""
        return {name: bool(self.chance[f"input:{name}"].random() < dated.p) for name, dated in self.situation.inputs.items()}

    def _open_map(self) -> None:
        theatre, rules = self.theatre, self.rules
        close = np.isin(theatre.terrain, [int(t) for t in CLOSE_TERRAIN]).astype(np.int8)
        self.layers = Layers(theatre, close)
        self.intact = np.array([c.intact for c in theatre.crossings], dtype=np.int8)
        self.hours_per_km = hours_per_km(theatre, rules)
        self.fields = FlowFields(theatre, self.hours_per_km, open_steps(theatre, self.intact))
        move = rules.move
        by_day = reach_table((move.zoc_day_km, move.zoc_urban_km), theatre.cell_km)
        by_night = reach_table((move.zoc_night_km, min(move.zoc_night_km, move.zoc_urban_km)), theatre.cell_km)
        self._zones = (by_day, by_night)
        self.tables = attrition.Tables(self)
        self.rates = advance.Rates(self)
        self.sight = sighting.Sight(self)
        self.is_objective = np.zeros(theatre.cells, dtype=np.int8)
        self.piece = np.full(theatre.cells, -1, dtype=np.int32)
        self.place_index = [i for i, place in enumerate(theatre.places) if place.cell >= 0]
        self.place_cells = np.array([theatre.places[i].cell for i in self.place_index], dtype=np.int32)
        self.holders = self.layers.control[self.place_cells].copy()
        self.layers.fort[(theatre.terrain == Terrain.MILITARY)] = 2
        self.layers.fort[(theatre.ground == Ground.URBAN)] = 3
        self.weather = Weather()

    def _open_air_and_enclave(self) -> None:
        air, situation = self.rules.air, self.situation
        finds = {"coalition": air.air_find_us, "government": air.air_find_ru}
        sides = {"coalition": Side.SDF, "government": Side.GOVERNMENT}
        self.wings = [
            Wing(name, wing.name, int(sides[wing.side]), wing.sorties.value, wing.strikes_per_sortie.value, wing.quality.value,
                 wing.night.value, finds[wing.side])
            for name, wing in situation.air_forces.items()
        ]  # fmt: skip
        self.revenue = 1.0
        self.svbieds = {"dez": 0.0, "elsewhere": 0.0}
        self.svbied_orders: list[tuple[int, int, str]] = []
        self.svbieds_used = 0
        self.enclave = None
        self.airport_cell = self.city_cell = -1
        if situation.enclave is not None:
            self.enclave = opened(situation.enclave, self._box_cells(situation.enclave.box), self.rules)
            self.airport_cell = self.cell_of_place(situation.enclave.airport)
            biggest = max(situation.enclave.quarters.values(), key=lambda quarter: quarter.people)
            self.city_cell = self.cell_of_place(biggest.place)

    def _box_cells(self, box: tuple[float, float, float, float]) -> "np.ndarray":
        theatre = self.theatre
        cells = [
            cell
            for cell in np.flatnonzero(theatre.inside)
            if box[0] <= self.lat_lon(int(cell))[1] <= box[2] and box[1] <= self.lat_lon(int(cell))[0] <= box[3]
        ]
        return np.array(cells, dtype=np.int32)

    def _open_supply(self) -> None:
        graph, rules = self.theatre.graph, self.rules
        roads = np.array(supply.TRUCK_ROAD_KM) * rules.move.friction
        self.edge_days = graph.edge_km / roads[np.maximum(graph.edge_class, 1)]
        self.edge_open = np.zeros((SIDES, graph.edge_km.size), dtype=np.bool_)
        self.node_times = np.full((SIDES, graph.node_cell.size), np.inf)
        self.came_by = np.zeros(graph.node_cell.size, dtype=np.int32)  # scratch of route searches
        self.offroad_km_day = rules.move.v_truck_desert * rules.move.friction
        self.sources = [np.zeros(0, dtype=np.int32) for _ in range(SIDES)]
        for side, places in self.situation.supply_sources.items():
            nodes = [self._node_of(place) for place in places]
            self.sources[Side[side.upper()]] = np.array([n for n in nodes if n >= 0], dtype=np.int32)
        self.capital_node = self._node_of("raqqa")
        border = [self.theatre.graph.exits.get(name, -1) for name in ("south_qaim", "east_baaj")]
        self.border_nodes = np.array([n for n in border if n >= 0], dtype=np.int32)

    def _node_of(self, place: str) -> int:
        if place in self.theatre.graph.exits:
            return self.theatre.graph.exits[place]
        cell = next((p.cell for p in self.theatre.places if p.id == place), -1)
        return int(self.theatre.node_of_cell[cell]) if cell >= 0 else -1

    def source_open(self, side: int) -> "np.ndarray":
        """Say which sources of a side still stand on its ground (those beyond the frame always do)."""
        cells = self.theatre.graph.node_cell[self.sources[side]]
        return (cells < 0) | np.isin(self.layers.control[np.maximum(cells, 0)], (side, 0))

    # -- clock ---------------------------------------------------------------------------------------------------------

    @property
    def when(self) -> dt.datetime:
        """The moment at which the coming turn begins."""
        return dt.datetime.combine(self.situation.start, DAWN) + dt.timedelta(hours=self.situation.turn_h * self.turn)

    @property
    def day(self) -> int:
        """Whole days since the start."""
        return self.turn // self.turns_per_day

    @property
    def morning(self) -> bool:
        """Whether the coming turn is the first of its day."""
        return self.turn % self.turns_per_day == 0

    @property
    def night(self) -> bool:
        """Whether the coming turn lies in the dark (18-06 h)."""
        return (self.turn % self.turns_per_day) * self.situation.turn_h >= 12

    def step(self) -> None:
        """Play one turn (Mesa's name for it)."""
        if self.over:
            return
        self.events.clear()
        dark = self.night or self.weather.storm
        self.zone_reach = self._zones[1 if dark else 0]
        turn.play(self)
        self.tell_of_battles()
        self.turn += 1
        self.yesterday = tuple(self.events)
        self.over = "fall" in self.milestones or self.turn >= self.turns_planned
        self.running = not self.over

    # -- looking -------------------------------------------------------------------------------------------------------

    def opening(self) -> Opening:
        """Return what a viewer must know before the first frame."""
        return opening_of(self)

    def frame(self) -> Frame:
        """Return what can be seen of the world now; looking changes nothing."""
        return Frame(
            turn=self.turn, day=self.turn * self.days_per_turn, when=self.when, units=frame_units(self),
            control=_frozen(self.layers.control), crossings=tuple("intact" if c else "destroyed" for c in self.intact),
            weather=self.weather.kind, wind=self.weather.wind, forces=forces_now(self), enclave=enclave_now(self),
            milestones=dict(self.milestones), events=self.yesterday, over=self.over,
        )  # fmt: skip

    def digest(self) -> str:
        """Return sha256 of the state: ledger, contacts, control, wards, stores."""
        digest = hashlib.sha256()
        for part in (self.units, self.seen, self.layers.control, self.layers.held_h, self.layers.fort, self.hospital, self.intact):
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(repr((self.turn, self.weather, self.svbieds, sorted(self.milestones.items()))).encode())
        if self.enclave is not None:
            e = self.enclave
            digest.update(repr((e.civilians, e.food, e.grain, e.ammo, e.dead_hunger, e.lift)).encode() + e.bodies.tobytes())
        return digest.hexdigest()


def _frozen(layer: "np.ndarray") -> "np.ndarray":
    copy = layer.copy()
    copy.flags.writeable = False
    return copy
