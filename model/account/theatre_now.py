"""What can be seen of the theatre as a whole, once a day: lines, corridors, and the measures that belong to no one force."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from model.arrays import Floats, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, SIDES, Side

if TYPE_CHECKING:
    from model.campaign import Campaign

WEEK = 7
NAMES = ("open", "threatened", "cut")
FAR_KM = 999.0
"""Stands for "there is none" where a distance is asked for."""

MEASURES_OF = {
    int(side): tuple(f"{measure}_of_{side.name.lower()}" for measure in ("executed", "men_error", "place_error_km"))
    for side in (Side.GOVERNMENT, Side.ISLAMIC_STATE, Side.SDF)
}
"""Names of what is measured of a side."""


class LineNow(NamedTuple):
    """A line of communication this morning; days since day 0."""

    id: str
    title: str
    side: int  # ledger.Side
    state: str  # open, threatened, cut
    days_cut: int
    days_threatened: int
    times_cut: int
    first_cut: str  # ISO date, "" if it never was


class CorridorNow(NamedTuple):
    """A raided road this morning; since day 0."""

    id: str
    side: int
    days: int
    days_open: int
    raids: int
    longest_closure_days: int


@dataclass(frozen=True, slots=True)
class TheatreNow:
    """The theatre this morning. What the measures mean and their units: docs/OUTCOMES.md."""

    lines: tuple[LineNow, ...] = ()
    corridors: tuple[CorridorNow, ...] = ()
    measures: dict[str, float] = field(default_factory=dict)
    cause_of_fall: str = ""


@dataclass
class Fog:
    """How wrong the contact pictures are: sums over weekly looks, by side (contacts, share of men, km)."""

    sums: Floats = field(default_factory=lambda: np.zeros((SIDES, 3)))


@law
def add_errors(units: Rows, seen: Rows, hostile: Layer, since: int, sums: Floats) -> None:
    """Add up, for every side, its living contacts since a turn and by how much their men are misjudged (share of the truth)."""
    for s in range(1, seen.shape[0]):
        for i in range(units.shape[0]):
            u = units[i]
            if u.alive == 1 and hostile[s, u.side] == 1 and seen[s, i].turn >= 0 and seen[s, i].turn >= since and u.men > 0:
                sums[s, 0] += 1.0
                sums[s, 1] += abs(seen[s, i].men - u.men) / u.men


@law
def add_distances(units: Rows, seen: Rows, hostile: Layer, since: int, width: int, cell_km: float, sums: Floats) -> None:
    """Add up, for every side, by how many km its living contacts since a turn are misplaced."""
    for s in range(1, seen.shape[0]):
        for i in range(units.shape[0]):
            u = units[i]
            if u.alive == 1 and hostile[s, u.side] == 1 and seen[s, i].turn >= 0 and seen[s, i].turn >= since and u.men > 0:
                dr = u.cell // width - seen[s, i].cell // width
                dc = u.cell % width - seen[s, i].cell % width
                sums[s, 2] += math.sqrt(dr * dr + dc * dc) * cell_km


def theatre_now(campaign: "Campaign") -> TheatreNow:
    """Return what can be seen of the theatre this morning."""
    lines = tuple(
        LineNow(
            line.name, line.title, line.side, NAMES[line.state], line.days_cut, line.days_threatened, line.times_cut, line.first,
        )
        for line in campaign.communications.lines.values()
    )  # fmt: skip
    corridors = tuple(
        CorridorNow(c.name, c.side, c.days, c.days_open, c.raids, c.shut_longest) for c in campaign.corridors.values()
    )
    return TheatreNow(lines, corridors, _measures(campaign), campaign.siege_log.cause or "")


def look_at_fog(campaign: "Campaign") -> None:
    """Compare the contact pictures with the truth, once a week."""
    if campaign.day % WEEK:
        return
    since = campaign.turn - int(3.0 * campaign.rules.intel.intel_age * campaign.turns_per_day)
    units, seen, theatre = campaign.units, campaign.seen, campaign.theatre
    add_errors(units, seen, HOSTILE, since, campaign.fog.sums)
    add_distances(units, seen, HOSTILE, since, theatre.width, theatre.cell_km, campaign.fog.sums)


def _measures(campaign: "Campaign") -> dict[str, float]:
    fronts, lines, log = campaign.other_fronts, campaign.communications, campaign.siege_log
    found = {
        "other_front_index": fronts.index,
        "other_front_deaths": fronts.deaths,
        "other_front_refused_men": fronts.refused,
        "other_front_calls": float(fronts.calls),
        "revenue_share": campaign.economy.revenue,
        "recruits": float(campaign.economy.recruits),
        "svbieds_used": float(campaign.svbieds_used),
        "svbieds_ready": sum(campaign.svbieds.values()),
        "army_sdf_km": min(FAR_KM, campaign.army_sdf_km),
        "men_shifted": float(lines.men_shifted),
        "men_lost_on_the_way": float(lines.men_lost),
        "men_from_outside": float(lines.men_from_outside),
        "transit_days": lines.transit_days / max(1.0, float(lines.men_shifted)),
        "days_split": float(log.days_split),
        "days_airport_lost": float(log.days_airport_lost),
    }
    if lines.route is not None:
        route = lines.route
        found |= {"travel_days": route.travel_days, "roads_km": route.km_held, "route_cut_days": float(route.days_cut)}
    if campaign.enclave is not None:
        found["landed_t"] = campaign.enclave.lift.landed
    sums = campaign.fog.sums.tolist()
    for side, (executed_of, men_error_of, place_error_of) in MEASURES_OF.items():
        contacts, men, km = sums[side]
        found[executed_of] = float(campaign.executed[side])
        found[men_error_of] = men / max(1.0, contacts)
        found[place_error_of] = km / max(1.0, contacts)
    for wing in campaign.wings:
        found[f"strikes_of_{wing.id}"] = float(wing.flown)
        found[f"killed_by_{wing.id}"] = float(wing.killed)
    return found
