"""Raids: hidden groups come down on the long road, kill a post or not, and shut the road for days."""

import math
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from model.corridor import Corridor
from model.events import EventKind
from model.ledger import HOSTILE, Kind, State
from model.rules.casualties import harm, poisson
from model.rules.danger import incident
from model.rules.tribes import raid_factor

if TYPE_CHECKING:
    from model.campaign import Campaign

GROUP_KM = 20.0
"""Raiders this near to each other strike together (estimate)."""
POST_KM = 3.0
"""A unit whose post is this near to the road guards it."""
Rows = npt.NDArray[np.int64]


def raid(campaign: "Campaign") -> None:
    """Draw the day's raids on every corridor, refill the raiders, and count open days."""
    if not campaign.morning or not campaign.corridors:
        return
    for corridor in campaign.corridors.values():
        _measure(campaign, corridor)
    raiders = _in_reach(campaign)
    rules = campaign.rules.corridor
    die = campaign.chance["raids"].random()
    men = float(campaign.units["men"][raiders].sum())
    for _ in range(poisson(rules.raid_rate * men / rules.raid_group * raid_factor(campaign), die)):
        _strike(campaign, raiders)
        raiders = _in_reach(campaign)
    _refill(campaign)


def _measure(campaign: "Campaign", corridor: Corridor) -> None:
    """Find how far a corridor is held, and whether it was open yesterday from its source to its head."""
    cells = campaign.layers.control[corridor.middle]
    foreign = np.flatnonzero(HOSTILE[corridor.side][cells] == 1)
    corridor.held = int(foreign[0]) if foreign.size else corridor.edges.size
    held = corridor.edges[: corridor.held]
    corridor.count(is_open=bool(campaign.edge_open[corridor.side][held].all()))
    while corridor.incidents and corridor.incidents[0] < campaign.day - 90:
        corridor.incidents.popleft()


def _in_reach(campaign: "Campaign") -> Rows:
    """Return the raiders who could strike a corridor today: not hiding, within reach of a segment that is held."""
    units, reach = campaign.units, campaign.rules.corridor.raid_reach
    hidden = np.flatnonzero(
        (units["kind"] == Kind.RAIDER) & (units["alive"] == 1) & (units["state"] == State.STEADY) & (units["engaged"] == 0)
        & (units["paused"] <= campaign.turn)
    )  # fmt: skip
    roads = [c.middle[: c.held] for c in campaign.corridors.values() if c.held]
    if hidden.size == 0 or not roads:
        return hidden[:0]
    middle = np.concatenate(roads)
    width = campaign.theatre.width
    rows, columns = np.divmod(units["cell"][hidden], width)
    away = np.hypot(rows[:, None] - middle[None, :] // width, columns[:, None] - middle[None, :] % width).min(axis=1)
    near: Rows = hidden[away * campaign.theatre.cell_km <= reach]
    return near


def defence_of(campaign: "Campaign", corridor: Corridor) -> tuple[float, float]:
    """Return the power that meets a raid on a corridor, and the men who can reopen it.

    Strongpoints of `sp_men` every `sp_gap_km` cover a share c of the road as far as there are men for them; what is left of
    the road's men is its reserve, of which the part within `qrf_reach` can be there in two hours. Soviet road guard in
    Afghanistan: a post every few km and a mobile reserve.
    """
    rules, length = campaign.rules.corridor, max(1.0, corridor.length_km)
    men = float(campaign.units["men"][_guards(campaign, corridor)].sum())
    need = max(1.0, length / rules.sp_gap_km) * rules.sp_men
    covered = min(1.0, 2.0 * rules.sp_fire_km / rules.sp_gap_km) * min(1.0, men / need)
    reserve = max(0.0, men - need) * min(1.0, 2.0 * rules.qrf_reach / length)
    quality = campaign.rules.combat.cev_army
    power = rules.sp_men * quality * campaign.rules.combat.us_prepared * covered + 0.5 * reserve * quality
    return power, reserve


def _guards(campaign: "Campaign", corridor: Corridor) -> Rows:
    """Return the units whose posts lie beside the part of a corridor that is held."""
    units, width = campaign.units, campaign.theatre.width
    mine = np.flatnonzero((units["alive"] == 1) & (units["side"] == corridor.side) & (units["state"] == State.STEADY))
    middle = corridor.middle[: corridor.held]
    rows, columns = np.divmod(units["home"][mine], width)
    away = np.hypot(rows[:, None] - middle[None, :] // width, columns[:, None] - middle[None, :] % width)
    guards: Rows = mine[away.min(axis=1, initial=1e9) * campaign.theatre.cell_km <= max(POST_KM, campaign.theatre.cell_km)]
    return guards


def _strike(campaign: "Campaign", raiders: Rows) -> None:
    """Let one group strike where success, nearness and the road promise most."""
    if raiders.size == 0:
        return
    rules, units = campaign.rules.corridor, campaign.units
    pick, mass, luck, hide = campaign.chance["raids"].random(4)
    weights = np.cumsum(units["men"][raiders])
    leader = int(raiders[int(np.searchsorted(weights, pick * weights[-1]))])
    wanted = rules.raid_group * (rules.raid_mass_x if mass < rules.raid_mass_p else 1.0)
    group = _group(campaign, raiders, leader, wanted)
    size = float(units["men"][group].sum())
    quality = float(units["cev"][group] @ units["men"][group]) / size
    best: tuple[float, Corridor, int, float, float] | None = None
    for corridor in campaign.corridors.values():
        if not HOSTILE[corridor.side, int(units["side"][leader])] or corridor.held == 0:
            continue
        power, reserve = defence_of(campaign, corridor)
        chance = 1.0 / (1.0 + (power / (size * quality * rules.raid_surprise)) ** rules.raid_alpha)
        away = np.array(
            [campaign.km_between(leader_cell, int(units["cell"][leader])) for leader_cell in corridor.middle[: corridor.held]]
        )
        utility = chance * np.exp(-away / campaign.rules.islamic_state.raid_dist) * (away <= rules.raid_reach)
        at = int(utility.argmax())
        if utility[at] > 0.0 and (best is None or utility[at] > best[0]):
            best = (float(utility[at]), corridor, at, chance, reserve)
    if best is not None:
        _resolve(campaign, group, best[1], best[2], won=luck < best[3], reserve=best[4])
    pause = rules.raid_hide_min + hide * (rules.raid_hide_max - rules.raid_hide_min)
    units["paused"][group] = campaign.turn + math.ceil(pause * campaign.turns_per_day)


def _group(campaign: "Campaign", raiders: Rows, leader: int, wanted: float) -> Rows:
    away = np.array([campaign.km_between(int(campaign.units["cell"][r]), int(campaign.units["cell"][leader])) for r in raiders])
    near = raiders[np.argsort(away, kind="stable")][np.sort(away) <= GROUP_KM]
    total = np.cumsum(campaign.units["men"][near])
    return near[: int(np.searchsorted(total, wanted)) + 1]


def _resolve(campaign: "Campaign", group: Rows, corridor: Corridor, at: int, *, won: bool, reserve: float) -> None:
    rules, units, chance = campaign.rules.corridor, campaign.units, campaign.chance["raids"]
    size = float(units["men"][group].sum())
    cell, edge = int(corridor.middle[at]), int(corridor.edges[at])
    ward = campaign.hospital[campaign.ward]
    before = int(units["killed"].sum())
    share = rules.raid_loss_win if won else rules.raid_loss_rep
    for row in group:
        harm(campaign.units[row], share * units["men"][row], 1.0, 0.0, chance.random(3), ward, int(row))
    raiders_killed = int(units["killed"].sum()) - before
    guards = _guards(campaign, corridor)
    if won and guards.size:
        nearest = min(guards.tolist(), key=lambda row: (campaign.km_between(int(units["home"][row]), cell), row))
        men = min(float(units["men"][nearest]), rules.sp_men)
        harm(campaign.units[nearest], rules.raid_post_loss * men, 1.0, 1.0, chance.random(3), ward, int(nearest))
    days = 0.0
    if won:
        factor = min(rules.cut_max, max(rules.cut_min, size / (0.5 * reserve + rules.sp_men)))
        days = rules.cut_days * float(chance.gamma(rules.cut_shape, 1.0 / rules.cut_shape)) * factor
        campaign.shut_until[corridor.side, edge] = max(campaign.shut_until[corridor.side, edge], campaign.day + days)
    corridor.incidents.append(campaign.day)
    incident(campaign, corridor.side, edge)
    corridor.raids += 1
    killed = int(units["killed"].sum()) - before - raiders_killed
    outcome = f"{killed} killed, the road is shut for {max(1.0, days):.0f} days" if won else "beaten off"
    text = f"Raid by {size:.0f} men on the {corridor.name.replace('_', ' ').capitalize()} near {campaign.near(cell)}: {outcome}."
    numbers = {"men": size, "killed": float(killed), "raiders_killed": float(raiders_killed), "days": days}
    side = int(units["side"][group[0]])
    campaign.tell(EventKind.RAID, text, cell=cell, side=side, weight=0.45 if won else 0.25, numbers=numbers)


def _refill(campaign: "Campaign") -> None:
    """Let men reach the raiders while a road of their side leads to them: `raider_refill` a day, to the weakest group."""
    units = campaign.units
    raiders = np.flatnonzero((units["kind"] == Kind.RAIDER) & (units["alive"] == 1) & (units["traced"] == 1))
    men = int(campaign.rules.corridor.raider_refill + campaign.chance["refill"].random())
    if raiders.size == 0 or men == 0:
        return
    row = int(raiders[np.argmin(units["men"][raiders] / np.maximum(1, units["men0"][raiders]))])
    if units["men"][row] < units["men0"][row]:
        units["men"][row] += men
        units["joined"][row] += men


def raiders_estimate(campaign: "Campaign", corridor: Corridor) -> float:
    """Return the raiders a commander infers from the incidents of the last 60 days; silence does not make them fewer at first."""
    rules = campaign.rules
    days = rules.policy.est_days
    recent = sum(1 for day in corridor.incidents if day >= campaign.day - days)
    return float(rules.corridor.raid_group * recent / (rules.corridor.raid_rate * days))
