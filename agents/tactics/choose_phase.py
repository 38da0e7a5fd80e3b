"""Choose the phase: clear the hills, advance along the road, or wait - weighed each week, held for weeks."""

from functools import partial
from typing import TYPE_CHECKING

from agents.proposal import Proposal, Proposals
from agents.staff.bounds import next_stop
from agents.staff.clock import Reports, clock, report
from agents.staff.march import March, march_of, road_men, whole_column
from agents.staff.phase import Phase, PhaseName, Picture, next_phase, promise
from model import inputs as form
from model.events import EventKind
from model.rules.raids import raiders_estimate
from model.rules.road_guard import expected_open
from model.scenario import Axis

if TYPE_CHECKING:
    from agents.commander import Commander

WEEK = 7
SCREEN_STEP = 100
"""Men by which the screen of a road is made stronger: a company."""
TOLD: dict[PhaseName, str] = {
    "clear": "The column clears the raiders' hills first",
    "advance": "The column advances along the road",
    "wait": "The column waits",
}


def choose_phase(commander: "Commander") -> Proposals:
    """Settle each week whether the first axis clears, advances or waits; the rule stands in `agents/staff/phase.py`.

    While a bound is under way it is left alone: whether to break it off is asked there, day by day.
    """
    campaign = commander.campaign
    if "phase" not in commander.memory:
        commander.memory |= {"phase": _first_phase(commander), "reports": Reports()}
    phase: Phase = commander.memory["phase"]
    reports: Reports = commander.memory["reports"]
    report(campaign, reports)
    phase.days[phase.name] += 1
    name, axis = next(iter(commander.doctrine.axes.items()))
    march = march_of(commander, name)
    if campaign.day < commander.memory.get("weigh_on", 0) or not march.cells or march.bound >= 0:
        return
    commander.memory["weigh_on"] = (campaign.day // WEEK + 1) * WEEK
    commander.memory["clock"] = clock(campaign, reports)
    picture = picture_of(commander, axis, march)
    commander.memory["picture"] = picture
    wanted = next_phase(phase, picture, campaign.day, commander.policy)
    if wanted != phase.name:
        yield _proposed(commander, phase, wanted, picture, march)
        text = f"{TOLD[wanted]}: {picture.available:,.0f} men in hand, {picture.raiders:.0f} raiders believed beside it."
        numbers = {"available": picture.available, "raiders": picture.raiders, "tail": picture.tail, "p_win": picture.p_win}
        cell = march.cells[march.head]
        campaign.tell(EventKind.FIGHTING, text, cell=cell, side=int(commander.side), weight=0.5, numbers=numbers)


def _first_phase(commander: "Commander") -> Phase:
    """Return the phase that the scenario finds the commander in: on the march, clearing, or waiting (as a rule)."""
    named = commander.doctrine.settings.get("phase", "wait")
    return Phase(next((name for name in TOLD if name == named), "wait"))


def _proposed(commander: "Commander", phase: Phase, wanted: PhaseName, picture: Picture, march: March) -> Proposal:
    """Return the proposal of a phase: how far what is there covers what it needs, beside the next best phase."""
    campaign = commander.campaign
    promises = promise(picture, commander.policy)
    next_best = max((name for name in promises if name != wanted), key=lambda name: promises[name])
    ahead = march.cells[march.next_bound(commander.setting("bound_km", 15.0))]
    return Proposal(
        act=partial(phase.begin, wanted, campaign.day), topic="phase", stands=wanted, score=promises[wanted],
        measure="what is there over what is needed",
        why=f"{wanted}: {{available:.0f}} men in hand, {{raiders:.0f}} raiders by the road, chance {{p_win:.2f}} at {{ahead_at}}",
        figures={"available": picture.available, "raiders": picture.raiders, "p_win": picture.p_win, "tail": picture.tail,
                 "clock": min(picture.clock, 1e9), "open_days": picture.open_days, "ahead_at": ahead},
        instead=next_best, instead_score=promises[next_best], seen=commander.contacts,
        near=(ahead, commander.setting("look_km", 8.0)),
    )  # fmt: skip


def picture_of(commander: "Commander", axis: Axis, march: March) -> Picture:
    """Return what the commander of a column believes of the enclave, the road and the enemy ahead."""
    campaign = commander.campaign
    stop = next_stop(commander, march, whole_column(commander, axis, march))
    available = road_men(commander, axis, march)[0] - _called_away(commander)
    _, guard, length = road_men(commander, axis, march, march.km[stop.at] - march.km[march.head])
    raiders = raiders_estimate(campaign, int(commander.side))
    march.screen = screen_for(commander, (guard, length, raiders), available - commander.policy.min_column)
    corridor = campaign.corridors.get(axis.corridor or "")
    return Picture(
        clock=commander.memory.get("clock", 1e9),
        raiders=raiders,
        open_days=corridor.open_share if corridor is not None else 1.0,
        available=available - march.screen,
        p_win=stop.chance,
        tail=expected_open(guard + march.screen, length, raiders, campaign.rules),
    )


def screen_for(commander: "Commander", road: tuple[float, float, float], spare: float) -> float:
    """Return the men to keep back for the road (its guard, km, and raiders) so that it can be held; none if they do not suffice.

    A road that raiders threaten costs men, not the march, as long as there are men to `spare`.
    """
    guard, length, raiders = road
    rules, wanted = commander.campaign.rules, commander.policy.tail_open
    for more in range(0, int(max(0.0, spare)) + 1, SCREEN_STEP):
        if expected_open(guard + more, length, raiders, rules) >= wanted:
            return float(more)
    return 0.0


def _called_away(commander: "Commander") -> float:
    """Return the men who are under orders to leave within a phase: he knows of them and does not count on them."""
    campaign = commander.campaign
    men = 0.0
    for name, dated in campaign.situation.inputs.items():
        if not isinstance(dated, form.Withdrawal) or not campaign.happens[name]:
            continue
        due = (dated.date - campaign.when.date()).days
        if campaign.command_of(dated.force) == campaign.command_index[commander.name] and 0 < due <= commander.policy.phase_min:
            men += sum(dated.formations.values()) + dated.men
    return men * float(campaign.rules.patrons.rp_withdraw)
