"""Raids: hidden groups come down on the long road, kill a post or not, and shut the road for days."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.arrays import Floats, Ints, Layer
from model.arrays import Rows as Ledger
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Kind, State
from model.rules.casualties import harm, poisson
from model.rules.danger import incident
from model.rules.road_guard import beside, guards_of, met_by, shut_days, success
from model.rules.tribes import raid_factor
from model.subjects.corridor import Corridor, Incident

if TYPE_CHECKING:
    from model.campaign import Campaign

GROUP_KM = 20.0
"""Raiders this near to each other strike together (estimate)."""
FIRST_DAYS = 20
"""Days for which a commander goes by what he believed of the raiders at the start, not by what they have done."""
Rows = npt.NDArray[np.int64]
RAIDER, STEADY = int(Kind.RAIDER), int(State.STEADY)


def implant(campaign: "Campaign") -> None:
    """Bring the raiders along the corridors to `rujmayn0` men on the first day, every group in proportion."""
    units = campaign.units
    rows = np.flatnonzero((units["kind"] == Kind.RAIDER) & (units["alive"] == 1))
    wanted, there = int(campaign.rules.corridor.rujmayn0), int(units["men"][rows].sum())
    if not campaign.corridors or there in (0, wanted):
        return
    upto = np.rint(np.cumsum(units["men"][rows]) * (wanted / there)).astype(np.int32)
    units["men"][rows] = units["men0"][rows] = np.maximum(1, np.diff(upto, prepend=0))


def raid(campaign: "Campaign") -> None:
    """Draw the day's raids on every corridor, refill the raiders, and count open days.

    raids a day = raid_rate · R / raid_group, R the raiders in reach of a road, whether they are hiding or not; who is not
    hiding strikes.
    """
    if not campaign.morning or not campaign.corridors:
        return
    rules, units, near = campaign.rules.corridor, campaign.units, campaign.scratch
    near[:] = 0
    for corridor in campaign.corridors.values():
        _measure(campaign, corridor)
        in_reach(units, corridor.middle, corridor.held, HOSTILE[corridor.side], campaign.theatre.width,
                 rules.raid_reach / campaign.theatre.cell_km, near)  # fmt: skip
    men, weakest = muster_raiders(units, near)
    raids = poisson(rules.raid_rate * men / rules.raid_group * raid_factor(campaign), campaign.chance["raids"].random())
    for _ in range(raids):
        _strike(campaign, np.flatnonzero((near == 1) & (units["paused"] <= campaign.turn) & (units["alive"] == 1)))
    _refill(campaign, weakest)


def _measure(campaign: "Campaign", corridor: Corridor) -> None:
    """Find how far a corridor is held, and whether it was open yesterday from its source to its head."""
    side = corridor.side
    corridor.held, is_open = head_of_road(
        corridor.middle, corridor.edges, campaign.layers.control, HOSTILE[side], campaign.edge_open[side],
        campaign.shut_until[side], campaign.day,
    )  # fmt: skip
    corridor.count(is_open=is_open)
    while corridor.incidents and corridor.incidents[0].day < campaign.day - 90:
        corridor.incidents.popleft()


@law
def head_of_road(
    middle: Ints, edges: Ints, control: Layer, hostile: Layer, is_open: Layer, shut_until: Floats, day: int
) -> tuple[int, bool]:
    """Return how many leading segments of a road are held, and whether all of them are open.

    The head stands where the enemy's ground begins; segments before it that only his front line covers lie ahead of the
    head, they do not shut the road.
    """
    held = 0
    while held < middle.size and hostile[control[middle[held]]] == 0:
        held += 1
    while held > 0 and not is_open[edges[held - 1]] and shut_until[edges[held - 1]] <= day:
        held -= 1
    for k in range(held):
        if not is_open[edges[k]]:
            return held, False
    return held, True


@law
def in_reach(units: Ledger, middle: Ints, held: int, hostile: Layer, width: int, reach: float, near: Ints) -> None:
    """Mark the raiders within `reach` cells of a segment that is held: alive, steady, not in battle (they may be hiding)."""
    for i in range(units.shape[0]):
        u = units[i]
        if u.kind != RAIDER or u.alive == 0 or u.state != STEADY or u.engaged != 0 or hostile[u.side] == 0:
            continue
        row = u.cell // width
        column = u.cell - row * width
        if beside(middle, held, row, column, width, reach):
            near[i] = 1


@law
def muster_raiders(units: Ledger, near: Ints) -> tuple[float, int]:
    """Return the men of the raiders marked as near, and the row of the weakest raiders whom a road of their side reaches."""
    men = 0.0
    weakest, least = -1, 1.0
    for i in range(units.shape[0]):
        u = units[i]
        if u.kind != RAIDER or u.alive == 0:
            continue
        men += near[i] * u.men
        if u.traced == 1 and u.men0 > 0 and u.men / u.men0 < least:
            weakest, least = i, u.men / u.men0
    return men, weakest


def _strike(campaign: "Campaign", raiders: Rows) -> None:
    """Let one group strike where success and nearness promise most; nobody strikes if all are hiding."""
    rules, units = campaign.rules.corridor, campaign.units
    pick, mass, luck, hide = campaign.chance["raids"].random(4)
    if raiders.size == 0:
        return
    weights = np.cumsum(units["men"][raiders])
    leader = int(raiders[int(np.searchsorted(weights, pick * weights[-1]))])
    wanted = rules.raid_group * (rules.raid_mass_x if mass < rules.raid_mass_p else 1.0)
    group = _group(campaign, raiders, leader, wanted)
    size = float(units["men"][group].sum())
    quality = float(units["cev"][group] @ units["men"][group]) / size
    best: tuple[float, Corridor, int, float, float, Rows] | None = None
    for corridor in campaign.corridors.values():
        if not HOSTILE[corridor.side, int(units["side"][leader])] or corridor.held == 0:
            continue
        middle = corridor.middle[: corridor.held]
        guards = guards_of(campaign, corridor)
        power, reserve = met_by(campaign, corridor, guards)
        bare, watched = (success(size, quality, power, rules, air=air) for air in (False, True))
        chance = np.where(_under_aircraft(campaign, corridor.side, middle), watched, bare)
        away = _away(campaign, middle, int(units["cell"][leader]))
        utility = chance * np.exp(-away / campaign.rules.islamic_state.raid_dist) * (away <= rules.raid_reach)
        at = int(utility.argmax())
        if utility[at] > 0.0 and (best is None or utility[at] > best[0]):
            best = (float(utility[at]), corridor, at, float(chance[at]), reserve, guards)
    if best is not None:
        _resolve(campaign, group, best[1], best[2], best[5], won=luck < best[3], reserve=best[4])
    pause = rules.raid_hide_min + hide * (rules.raid_hide_max - rules.raid_hide_min)
    units["paused"][group] = campaign.turn + math.ceil(pause * campaign.turns_per_day)


def _away(campaign: "Campaign", cells: "npt.NDArray[np.int32]", cell: int) -> Floats:
    width = campaign.theatre.width
    km: Floats = np.hypot(cells // width - cell // width, cells % width - cell % width) * campaign.theatre.cell_km
    return km


def _under_aircraft(campaign: "Campaign", side: int, middle: Ints) -> "npt.NDArray[np.bool_]":
    """Say which segments lie in a box that aircraft of the side work today."""
    covered = np.zeros(middle.size, dtype=np.bool_)
    if not campaign.weather.storm:
        for wing in campaign.wings:
            for box in wing.taskings if wing.side == side else ():
                lie_within(middle, box.cell, campaign.theatre.width, box.radius_km / campaign.theatre.cell_km, covered)
    return covered


@law
def lie_within(cells: Ints, centre: int, width: int, reach: float, covered: Layer) -> None:
    """Mark the cells within `reach` cells of a centre."""
    row = centre // width
    column = centre - row * width
    for k in range(cells.shape[0]):
        up = cells[k] // width - row
        along = cells[k] - (row + up) * width - column
        if up * up + along * along <= reach * reach:
            covered[k] = True


def _group(campaign: "Campaign", raiders: Rows, leader: int, wanted: float) -> Rows:
    away = _away(campaign, campaign.units["cell"][raiders], int(campaign.units["cell"][leader]))
    near = raiders[np.argsort(away, kind="stable")][np.sort(away) <= GROUP_KM]
    total = np.cumsum(campaign.units["men"][near])
    return near[: int(np.searchsorted(total, wanted)) + 1]


def _resolve(
    campaign: "Campaign", group: Rows, corridor: Corridor, at: int, guards: Rows, *, won: bool, reserve: float
) -> None:  # fmt: skip
    rules, units, chance = campaign.rules.corridor, campaign.units, campaign.chance["raids"]
    size = float(units["men"][group].sum())
    cell, edge = int(corridor.middle[at]), int(corridor.edges[at])
    ward = campaign.hospital[campaign.ward]
    before = int(units["killed"].sum())
    share = rules.raid_loss_win if won else rules.raid_loss_rep
    for row in group:
        harm(campaign.units[row], share * units["men"][row], 1.0, 0.0, chance.random(3), ward, int(row))
    raiders_killed = int(units["killed"].sum()) - before
    if won and guards.size:
        nearest = int(guards[np.argmin(_away(campaign, units["home"][guards], cell))])
        men = min(float(units["men"][nearest]), rules.sp_men)
        harm(campaign.units[nearest], rules.raid_post_loss * men, 1.0, 1.0, chance.random(3), ward, nearest)
    days = 0.0
    if won:
        days = shut_days(size, reserve, rules) * float(chance.gamma(rules.cut_shape, 1.0 / rules.cut_shape))
        campaign.shut_until[corridor.side, edge] = max(campaign.shut_until[corridor.side, edge], campaign.day + days)
    corridor.incidents.append(Incident(campaign.day, edge))
    incident(campaign, corridor.side, edge)
    corridor.raids += 1
    killed = int(units["killed"].sum()) - before - raiders_killed
    lasts = "a day" if days < 1.5 else f"{days:.0f} days"
    outcome = f"{killed} killed, the road is shut for {lasts}" if won else "beaten off"
    text = f"Raid by {size:.0f} men on the {corridor.name.replace('_', ' ').capitalize()} near {campaign.near(cell)}: {outcome}."
    numbers = {"men": size, "killed": float(killed), "raiders_killed": float(raiders_killed), "days": days}
    side = int(units["side"][group[0]])
    campaign.tell(EventKind.RAID, text, cell=cell, side=side, weight=0.45 if won else 0.25, numbers=numbers)


def _refill(campaign: "Campaign", weakest: int) -> None:
    """Let men reach the raiders while a road of their side leads to them: `raider_refill` a day, to the weakest group."""
    if weakest < 0:
        return
    men = int(campaign.rules.corridor.raider_refill + campaign.chance["refill"].random())
    if men == 0:
        return
    units = campaign.units
    units["men"][weakest] += men
    units["joined"][weakest] += men


def raiders_estimate(campaign: "Campaign", side: int) -> float:
    """Return the raiders a side infers: raid_group · incidents on all its roads in `est_days` / (raid_rate · those days).

    In the first days it is what was believed at the start. Raiders who hide do not make the estimate lower at once.
    """
    rules = campaign.rules
    if campaign.day < FIRST_DAYS:
        return campaign.raiders_believed
    days = min(rules.policy.est_days, campaign.day)
    since = campaign.day - days
    recent = sum(1 for c in campaign.corridors.values() if c.side == side for one in c.incidents if one.day >= since)
    return float(rules.corridor.raid_group * recent / (rules.corridor.raid_rate * days))
