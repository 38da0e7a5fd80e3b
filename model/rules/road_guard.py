"""Road guard: strongpoints and a reserve meet a raid - does it get through, how long is the road shut, how often is it open?"""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import State
from model.rulebook import Group, Rulebook
from model.subjects.corridor import Corridor

if TYPE_CHECKING:
    from model.campaign import Campaign

POST_KM = 3.0
"""A unit whose post is this near to the road guards it."""
Rows = npt.NDArray[np.int64]
STEADY = int(State.STEADY)


def defence(men: float, length_km: float, corridor: Group, combat: Group) -> tuple[float, float]:
    """Return the power that meets a raid on a road, and the men of its reserve who can be there in two hours.

    Strongpoints of `sp_men` every `sp_gap_km` cover c = min(1, 2 sp_fire_km / sp_gap_km) of the road, less where there are no
    men for them. Who is left is the reserve Q, of which q = Q min(1, 2 qrf_reach / L) is near enough:
    P_def = sp_men · cev · us_prepared · c + q cev / 2. Source: Soviet road guard in Afghanistan; the form is an estimate.
    """
    length = max(1.0, length_km)
    need = posts_need(length, corridor)
    covered = min(1.0, 2.0 * corridor.sp_fire_km / corridor.sp_gap_km) * min(1.0, men / need)
    near = max(0.0, men - need) * min(1.0, 2.0 * corridor.qrf_reach / length)
    return combat.cev_army * (corridor.sp_men * combat.us_prepared * covered + 0.5 * near), near


def posts_need(length_km: float, corridor: Group) -> float:
    """Return the men for strongpoints on a road: `sp_men` every `sp_gap_km`, at least one post."""
    return float(max(1.0, length_km / corridor.sp_gap_km) * corridor.sp_men)


def success(size: float, quality: float, power: float, corridor: Group, *, air: bool = False) -> float:
    """Return P(success) = 1 / (1 + (P_def / P_raid)^raid_alpha), P_raid = size · quality · raid_surprise (· raid_air)."""
    raid = size * quality * corridor.raid_surprise * (corridor.raid_air if air else 1.0)
    return float(1.0 / (1.0 + (power / raid) ** corridor.raid_alpha)) if raid > 0.0 else 0.0


def shut_days(size: float, near: float, corridor: Group) -> float:
    """Return the mean days a success shuts the road: cut_days · clip(size / (q/2 + sp_men), cut_min, cut_max)."""
    return float(corridor.cut_days * min(corridor.cut_max, max(corridor.cut_min, size / (0.5 * near + corridor.sp_men))))


def expected_open(men: float, length_km: float, raiders: float, rules: Rulebook) -> float:
    """Return the share of days on which a road is expected open: exp(-raids a day · mean of P · days shut).

    The mean is over ordinary and mass raids.
    """
    corridor, quality = rules.corridor, rules.combat.cev_raider
    power, near = defence(men, length_km, corridor, rules.combat)
    days = 0.0
    for share, factor in ((1.0 - corridor.raid_mass_p, 1.0), (corridor.raid_mass_p, corridor.raid_mass_x)):
        size = min(max(raiders, 1.0), corridor.raid_group * factor)
        days += share * success(size, quality, power, corridor) * shut_days(size, near, corridor)
    return math.exp(-corridor.raid_rate * raiders / corridor.raid_group * days)


def guards_of(campaign: "Campaign", corridor: Corridor) -> Rows:
    """Return the units whose posts lie beside a corridor.

    Not those on its last `qrf_reach` (a quarter of it at most): they face the front.
    """
    front = min(campaign.rules.corridor.qrf_reach, 0.25 * corridor.length_km)
    near = np.zeros(campaign.rows, dtype=np.int8)
    reach = max(1.0, POST_KM / campaign.theatre.cell_km)
    behind = corridor.length_km - front
    beside_road(campaign.units, corridor.side, corridor.middle, corridor.km, behind, campaign.theatre.width, reach, near)
    return np.flatnonzero(near)


@law
def beside_road(units: Ledger, side: int, middle: Ints, km: Floats, upto: float, width: int, reach: float, near: Layer) -> None:
    """Mark the steady units of a side whose posts lie within `reach` cells of the first `upto` km of a road."""
    last = 0
    come = 0.0
    top, bottom, left, right = 1 << 30, -1, 1 << 30, -1
    while last < middle.size and come < upto:
        come += km[last]
        row = middle[last] // width
        column = middle[last] - row * width
        top, bottom, left, right = min(top, row), max(bottom, row), min(left, column), max(right, column)
        last += 1
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 0 or u.side != side or u.state != STEADY:
            continue
        row = u.home // width
        column = u.home - row * width
        if row < top - reach or row > bottom + reach or column < left - reach or column > right + reach:
            continue
        if beside(middle, last, row, column, width, reach):
            near[i] = 1


@law
def beside(middle: Ints, segments: int, row: int, column: int, width: int, reach: float) -> bool:
    """Say whether a cell lies within `reach` cells of one of the first segments of a road."""
    for k in range(segments):
        there = middle[k] // width
        down, along = row - there, column - (middle[k] - there * width)
        if down * down + along * along <= reach * reach:
            return True
    return False


def met_by(campaign: "Campaign", corridor: Corridor, guards: Rows) -> tuple[float, float]:
    """Return the power that meets a raid on a corridor with these guards, and the men who can reopen it."""
    men = float(campaign.units["men"][guards].sum())
    return defence(men, corridor.length_km, campaign.rules.corridor, campaign.rules.combat)
