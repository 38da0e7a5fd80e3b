"""The besieged enclave: its people, its stores and what comes by air. Laws change it; `EnclaveNow` shows it."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Layer
from model.ledger import SIDES, Side
from model.map.theatre import Theatre
from model.rulebook import Group, Rulebook
from model.rules.manpower import Manpower
from model.scenario import Airlift
from model.scenario import Enclave as Opening
from model.subjects.books import AMMUNITION, FOOD, Book, blank
from model.subjects.quarters import Quarters


@dataclass
class Lift:
    """What the airlift did and where it aims now. Tonnes since day 0, unless said otherwise."""

    zone: str = ""  # id of the drop zone in use
    zone_cell: int = -1
    zone_radius_km: float = 0.0
    moved: bool = False  # whether the first zone was given up
    flak_seen: bool = False  # guns are believed near the zone: those who can stay high
    load: str = "food"  # what a military drop carries first: food, mixed, ammunition
    fired_at: dict[str, int] = field(default_factory=dict)  # zone → day on which it last lay under fire
    stopped_until: int = -1  # day before which no drop is flown
    today: float = 0.0  # tonnes recovered today
    aid_today: float = 0.0  # of them food aid for the people
    dropped: float = 0.0
    recovered: float = 0.0
    no_mans_land: float = 0.0
    enemy: float = 0.0
    failed: float = 0.0
    shelled: float = 0.0  # lost to batteries that fired on the zone
    landed: float = 0.0  # by helicopter and at the airport
    sorties: int = 0
    cancelled: int = 0
    lost: int = 0  # aircraft
    seats_owed: float = 0.0  # men flown in whose helicopters carry no cargo yet
    men_flights: int = 0  # helicopter sorties that brought men instead of cargo


@dataclass
class Enclave:
    """The state of the siege. Tonnes, people, shares."""

    opening: Opening  # what the scenario says of it: its airlifts, drop zones, fields
    box_cells: npt.NDArray[np.int32]  # padded cells of its frame
    civilians: float
    food: float
    grain: float
    ammo: float
    bodies: npt.NDArray[np.float64]  # index of body stores per group of people, 1 well fed
    portions: npt.NDArray[np.float64]  # share of the mean ration that each group gets
    quarters: Quarters
    inside: Layer  # 1 on the cells of its frame
    pieces_in_range: Floats  # guns and mortars by (side, quarter), scratch of the shelling
    soldier_body: Floats  # index of body stores of the garrison, one group
    food_book: Book
    ammunition_book: Book
    manpower: Manpower = field(default_factory=Manpower)
    lift: Lift = field(default_factory=Lift)
    inflow: deque[float] = field(default_factory=lambda: deque(maxlen=30))  # tonnes of food a day from the air
    ration: float = 1.0  # civilians, share of need
    soldier_ration: float = 1.0
    dead_hunger: float = 0.0
    dead_fire: float = 0.0
    dead_massacre: float = 0.0
    dead_natural: float = 0.0
    abducted: float = 0.0
    freed: float = 0.0  # of the abducted
    left: float = 0.0
    conscripted: int = 0
    conscripts_today: int = 0
    aid_to_army: float = 0.0  # tonnes of food aid that soldiers ate, since day 0
    attacked: bool = False  # a district or grand attack since the last morning
    issued: float = 0.0  # tonnes a day, yesterday
    blown_up: float = 0.0  # tonnes of ammunition lost in explosions of depots
    quiet_days: int = 0  # days without a heavy weapon in range of the runway
    airport: str = "shut"
    cells: int = 0  # cells it holds
    components: int = 1
    garrison: int = 0
    largest: int = 0  # fighters in its largest piece
    relieved: bool = False
    reached: int = 0  # fighters whom supply reaches by road: they do not eat from the stores
    food_by_road: float = 0.0  # tonnes brought to the stores since the road was opened

    def count(self) -> None:
        """Count the people who live off the enclave's stores."""
        self.civilians = self.quarters.living


def cells_in(box: tuple[float, float, float, float], theatre: Theatre) -> npt.NDArray[np.int32]:
    """Return the cells whose centres lie in a box of degrees (west, south, east, north)."""
    cells = np.flatnonzero(theatre.inside)
    rows, columns = np.divmod(cells, theatre.width)
    lon = theatre.west + (columns - 0.5) * theatre.cell_km / theatre.km_per_degree[0]
    lat = theatre.south + (rows - 0.5) * theatre.cell_km / theatre.km_per_degree[1]
    return cells[(lon >= box[0]) & (lon <= box[2]) & (lat >= box[1]) & (lat <= box[3])].astype(np.int32)


def opened(opening: Opening, box_cells: npt.NDArray[np.int32], rules: Rulebook, theatre: Theatre) -> Enclave:
    """Return the enclave of the first day."""
    portions = portions_of(rules.civil)
    people = {quarter.place: float(quarter.people) for quarter in opening.quarters.values()}
    inside = np.zeros(theatre.cells, dtype=np.int8)
    inside[box_cells] = 1
    enclave = Enclave(
        opening=opening,
        box_cells=box_cells,
        civilians=opening.population.value,
        food=opening.food.value,
        grain=opening.grain.value,
        ammo=opening.ammunition.value,
        bodies=np.full(portions.size, opening.nutrition.value),
        portions=portions,
        quarters=Quarters(theatre, int(Side[opening.side.upper()]), people, opening.population.value),
        inside=inside,
        pieces_in_range=np.zeros((SIDES, len(people))),
        soldier_body=np.array([opening.nutrition.value]),
        food_book=blank(opening.food.value, FOOD),
        ammunition_book=blank(opening.ammunition.value, AMMUNITION),
    )
    planned = sum(_planned_food(lift) for lift in opening.airlifts.values())
    enclave.inflow.extend([planned] * 30)
    return enclave


def portions_of(civil: Group) -> Floats:
    """Return the share of the mean ration that each group of people gets: lognormal portions in equal groups."""
    groups = int(civil.food_groups)
    ranks = (np.arange(groups) + 0.5) / groups
    spread: Floats = np.exp(civil.sigma_food * (ranks**0.1349 - (1.0 - ranks) ** 0.1349) / 0.1975)
    spread /= spread.mean()
    return spread


def _planned_food(lift: Airlift) -> float:
    """Return the tonnes of food a day that an airlift means to bring."""
    return flights_a_day(lift) * lift.chance.value * lift.tonnes.value * lift.food_share.value


def flights_a_day(lift: Airlift) -> float:
    """Return the flights a day that an airlift plans, over the whole week."""
    if lift.per_night is not None:
        return lift.per_night.value
    return lift.per_week.value / 7.0 if lift.per_week is not None else 0.0
