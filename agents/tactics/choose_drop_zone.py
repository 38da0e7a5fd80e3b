"""Choose the drop zone: where most of a load can be expected on own ground, away from fire."""

from functools import partial
from typing import TYPE_CHECKING, Any

from agents.proposal import Proposal, Proposals
from agents.staff.zones import Zones, believed_round, lay_out, still_ours
from model.arrays import Floats, Ints
from model.ledger import Side
from model.subjects.enclave import Lift

if TYPE_CHECKING:
    from agents.commander import Commander

USUAL_DAYS = 30
"""Days over which the enemy's usual strength around the enclave is remembered."""
BETTER = 1.25
"""A zone is left for another that promises so much more."""


def choose_drop_zone(commander: "Commander") -> Proposals:
    """Aim where most tonnes are expected on own ground, less `dz_risk` for each enemy believed near; choose height and load.

    Expected share = own part of the zone · (1 - exp(-r² / 2σ²)). Drops stop a while when the zone in use is lost. Source: WFP
    moved its zone after the split of January 2017 and stopped for two weeks.
    """
    campaign = commander.campaign
    enclave = campaign.enclave
    if enclave is None:
        return
    lift = enclave.lift
    zones = _zones(commander)
    near, guns, men = _believed(commander, zones)
    scores = _scores(commander, zones, near)
    best = max(scores, key=lambda name: (scores[name], name))
    load = _load_first(commander, men)
    enemies = float(near[zones.names.index(best)])
    if scores[best] <= 0.0:
        spoken = partial(_spoken, scores, best, best, enemies, men, "no zone is safe")
        yield Proposal(act=partial(_stop, lift, load), topic="zone", stands=(-1, load), spoken=spoken)
        return
    act = partial(_aim, commander, zones, guns, scores, best, load)
    zone = best if _moves(lift, scores, best) else lift.zone
    why = f"{load} to {zone.replace('_', ' ')}: {{enemies:.0f}} enemies believed near the best zone"
    spoken = partial(_spoken, scores, best, zone, enemies, men, why)
    goal = int(zones.cells[zones.names.index(zone)])
    yield Proposal(act=act, goal=goal, topic="zone", stands=(zone, load), spoken=spoken)


def _spoken(scores: dict[str, float], best: str, chosen: str, enemies: float, men: float, why: str) -> dict[str, Any]:
    """Return what speaks for the zone chosen, beside the second best."""
    second = max((name for name in scores if name != best), key=lambda name: (scores[name], name), default="")
    return {
        "score": scores[chosen], "measure": "tonnes expected of a load", "why": why, "figures": {"enemies": enemies, "men": men},
        "instead": second.replace("_", " "), "instead_score": scores.get(second, 0.0),
    }  # fmt: skip


def _moves(lift: Lift, scores: dict[str, float], best: str) -> bool:
    """Say whether the best zone takes the place of the one in use: it is lost, or promises much less."""
    return not lift.zone or scores[lift.zone] <= 0.0 or scores[best] > BETTER * scores[lift.zone]


def _stop(lift: Lift, load: str) -> None:
    lift.zone_cell, lift.load = -1, load


def _aim(commander: "Commander", zones: Zones, guns: Ints, scores: dict[str, float], best: str, load: str) -> None:
    """Aim at a zone; drops stop a while when the one in use was lost."""
    campaign, enclave = commander.campaign, commander.campaign.siege
    lift = enclave.lift
    lift.load = load
    lost, moves = bool(lift.zone) and scores[lift.zone] <= 0.0, _moves(lift, scores, best)
    if lost:
        lift.stopped_until = campaign.day + int(campaign.rules.drop.dz_stop_days)
        lift.moved = True
    if moves:
        lift.zone, lift.zone_radius_km = best, enclave.opening.drop_zones[best].radius_km.value
    in_use = zones.names.index(lift.zone)
    lift.zone_cell = int(zones.cells[in_use])
    missiles = any(wing.lost for wing in campaign.wings if wing.side == commander.side)  # who was hit stays high
    lift.flak_seen = bool(guns[in_use] > 0) or missiles


def _zones(commander: "Commander") -> Zones:
    """Return the zones; laid out once, and once more when the first was given up."""
    known: dict[bool, Zones] = commander.memory.setdefault("zones", {})
    moved = commander.campaign.siege.lift.moved
    if moved not in known:
        known[moved] = lay_out(commander.campaign, commander.setting("massing_km", 10.0), moved=moved)
    return known[moved]


def _believed(commander: "Commander", zones: Zones) -> tuple[Ints, Ints, float]:
    """Return how many enemies are believed within range of each zone and of aircraft over it, and the men near the airport."""
    seen, many = commander.contacts, len(zones.names)
    units, men = believed_round(seen.cell, seen.men, zones.centres, zones.reach, commander.campaign.theatre.width)
    return units[:many], units[many:], float(men[-1])


def _scores(commander: "Commander", zones: Zones, near: Ints) -> dict[str, float]:
    """Return the tonnes expected of a load aimed at each zone; 0 where its centre is not ours, or lay under fire lately."""
    campaign = commander.campaign
    rules, fired_at = campaign.rules.drop, campaign.siege.lift.fired_at
    risk, quiet_since = commander.policy.dz_risk, campaign.day - rules.dz_stop_days
    own: Floats = still_ours(campaign.layers.control, int(Side.GOVERNMENT), zones.cells, zones.first, zones.inside)
    scores = {}
    for name, part, share, enemies in zip(zones.names, own.tolist(), zones.share, near.tolist(), strict=True):
        safe = part >= 0.0 and fired_at.get(name, -10_000) <= quiet_since
        scores[name] = float(rules.wfp_t * part * share - risk * enemies) if safe else 0.0
    return scores


def _load_first(commander: "Commander", men: float) -> str:
    """Choose what military drops carry: ammunition when the enemy masses, else whichever runs shorter.

    He masses when more men are believed around the airport than over the last month, by more than `ammo_first_men`.
    """
    campaign = commander.campaign
    enclave = campaign.siege
    usual: list[float] = commander.memory.setdefault("enemy_near", [])
    massing = bool(usual) and men - sum(usual) / len(usual) > commander.policy.ammo_first_men
    usual.append(men)
    del usual[:-USUAL_DAYS]
    days = enclave.food / max(1.0, enclave.issued or 1.0)
    quiet = max(0.1, enclave.garrison * campaign.rules.supply.ammo_quiet / 1000.0)
    return "ammunition" if massing else "food" if days < enclave.ammo / quiet else "mixed"
