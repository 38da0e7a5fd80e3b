"""Odds: what a commander makes of strength against strength. Estimates on believed figures, never the truth."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from agents.picture import Contacts as Contacts
from agents.staff.reach import km_from, nearest_first
from model.arrays import Floats, Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Kind, Order, State
from model.sums import total

if TYPE_CHECKING:
    from model.campaign import Campaign

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
STEADY, HOLD = int(State.STEADY), int(Order.HOLD)
GUNS, STAFF = int(Kind.ARTILLERY), int(Kind.HEADQUARTERS)


def distance(campaign: "Campaign", cells: Ints, cell: int) -> Floats:
    """Return the km from each of `cells` to a cell."""
    return km_from(cells, campaign.theatre.width, cell, campaign.theatre.cell_km)


def nearest(campaign: "Campaign", rows: Rows, cell: int, km: float) -> Rows:
    """Return who of some units stands within km of a cell, the nearest first."""
    theatre = campaign.theatre
    return nearest_first(campaign.units, rows, cell, theatre.width, theatre.cell_km, km)


def own_power(campaign: "Campaign", rows: Rows) -> float:
    """Return the power of own units together as their commander counts it."""
    return float(powers(campaign, rows).sum()) if rows.size else 0.0


def powers(campaign: "Campaign", rows: Rows) -> Floats:
    """Return the power of each own unit as its commander counts it: quality, cohesion, weapons."""
    return count_power(campaign.units, rows, campaign.rules.combat.row, campaign.rules.morale.shaken_pow)


def tubes(campaign: "Campaign", rows: Rows, own: Rows, cell: int) -> float:
    """Return the power of the guns and mortars that some units bring along, and of all other own ones in range of a cell."""
    combat, theatre = campaign.rules.combat, campaign.theatre
    weights = combat.w_gun, combat.w_mortar
    return fire_on(campaign.units, rows, own, campaign.tables.reach, weights, cell, (theatre.width, theatre.cell_km))


@law
def fire_on(
    units: Ledger, rows: Rows, own: Rows, reach: Floats, weights: tuple[float, float], cell: int, grid: tuple[int, float]
) -> float:  # fmt: skip
    """Return the weight of all guns and mortars of own units that reach a cell or go along; `reach` of mortars, guns (km)."""
    (gun, mortar), (width, cell_km) = weights, grid
    fire = np.zeros(own.shape[0])
    for k in range(own.shape[0]):
        u = units[own[k]]
        if u.gun == 0 and u.mortar == 0:
            continue
        dr = float(u.cell // width - cell // width)
        dc = float(u.cell % width - cell % width)
        km = math.sqrt(dr * dr + dc * dc) * cell_km
        along = (rows == own[k]).any()
        if along or km <= reach[u.side, u.kind, 1]:
            fire[k] += gun * u.gun
        if along or km <= reach[u.side, u.kind, 0]:
            fire[k] += mortar * u.mortar
    return total(fire)


@law
def free(units: Ledger, rows: Rows, turn: int) -> Rows:
    """Return those who can take an order: alive, holding, not fighting, steady, not resting after a failed attack."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        if u.alive == 1 and u.order == HOLD and u.engaged == 0 and u.state == STEADY and u.paused <= turn:
            found[many] = rows[k]
            many += 1
    return found[:many]


@law
def count_power(units: Ledger, rows: Rows, combat: Ledger, shaken: float) -> Floats:
    """Return quality · weapons of each row, less for those who are not steady."""
    c = combat[0]
    counted = np.empty(rows.shape[0])
    for k in range(rows.shape[0]):
        u = units[rows[k]]
        weapons = u.men + u.tech * c.w_tech + u.ifv * c.w_ifv + u.tank * c.w_tank
        counted[k] = weapons * u.cev * (1.0 if u.state == STEADY else shaken)
    return counted


def believed_power(campaign: "Campaign", contacts: Contacts, *, defending: bool) -> float:
    """Return the power of contacts: men at an average quality, times posture and terrain if they defend."""
    if defending:
        return float(contacts.power.sum())
    combat = campaign.rules.combat
    quality: float = 0.5 * (combat.cev_is_assault + combat.cev_army)
    return float(contacts.men.sum()) * quality


def p_win(campaign: "Campaign", ratio: float, doubt: float = 0.0) -> float:
    """Return the chance of success at a power ratio: a logistic in ln r, one half at `pwin_half` (3:1 is a gradient).

    With `doubt`, the variance of ln r, it is the mean over what the ratio may be, nearer to one half the older the news:
    the slope shrinks by sqrt(1 + π · slope² · doubt / 8) (MacKay 1992).
    """
    policy = campaign.rules.policy
    if ratio <= 0.0:
        return 0.0
    slope = slope_of(policy.pwin_slope, doubt)
    return 1.0 / (1.0 + math.exp(-slope * (math.log(ratio) - math.log(policy.pwin_half))))


def odds_for(campaign: "Campaign", chance: float) -> float:
    """Return the power ratio that gives a chance of success: the inverse of `p_win`."""
    policy = campaign.rules.policy
    return float(policy.pwin_half * (chance / (1.0 - chance)) ** (1.0 / policy.pwin_slope))


def slope_of(slope: float, doubt: float) -> float:
    """Return the slope of the logistic when ln r is not known but has this variance (MacKay 1992)."""
    return slope / math.sqrt(1.0 + math.pi / 8.0 * slope**2 * doubt)


def doubt_of(campaign: "Campaign", contacts: Contacts) -> float:
    """Return the variance of ln strength that age has added to these contacts together: `intel_var` · days for one.

    Errors of several are independent: they weigh with the square of their share of the men. What a fresh estimate is worth
    stands in `pwin_slope` itself.
    """
    men = float(contacts.men.sum())
    if men <= 0.0:
        return 0.0
    share = contacts.men / men
    doubt: float = campaign.rules.intel.intel_var * float((share * share) @ contacts.age)
    return doubt


def believed_near(campaign: "Campaign", contacts: Contacts, cell: int, km: float) -> tuple[float, float]:
    """Return what `believed_power` (defending) and `doubt_of` say of the contacts within km of a cell."""
    theatre, c = campaign.theatre, contacts
    power, doubt = weigh(c.cell, c.men, c.age, c.power, theatre.width, cell, km / theatre.cell_km)
    return power, campaign.rules.intel.intel_var * doubt


@law
def weigh(cells: Ints, men: Floats, age: Floats, power: Floats, width: int, cell: int, reach: float) -> tuple[float, float]:
    """Return the power of the contacts within `reach` cells of a cell, and Σ men² · age / (Σ men)² (days)."""
    total = strength = aged = 0.0
    row, column = cell // width, cell % width
    for k in range(cells.shape[0]):
        dr = float(cells[k] // width - row)
        dc = float(cells[k] % width - column)
        if dr * dr + dc * dc <= reach * reach:
            total += men[k]
            strength += power[k]
            aged += men[k] * men[k] * age[k]
    return strength, aged / (total * total) if total > 0.0 else 0.0


def fit_to_assault(campaign: "Campaign", rows: Rows) -> Rows:
    """Return the units that one sends forward: no guns and no headquarters."""
    return fit(campaign.units, rows)


@law
def fit(units: Ledger, rows: Rows) -> Rows:
    """Return who is neither a gun nor a headquarters."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        kind = units[rows[k]].kind
        if kind not in (GUNS, STAFF):
            found[many] = rows[k]
            many += 1
    return found[:many]


def ready(campaign: "Campaign", rows: Rows) -> Rows:
    """Return the units that can take an order: alive, holding, not fighting, steady."""
    return free(campaign.units, rows, campaign.turn)
