"""Tasking of coalition aircraft: support for the SDF's axes by their effort, the rest on oil and deep targets."""

from functools import partial
from typing import TYPE_CHECKING, Any

from agents.proposal import Proposal, Proposals
from agents.staff.aims import anything_near, heaviest
from model.ledger import Side
from model.rules.air import Tasking, Wing

if TYPE_CHECKING:
    from agents.commander import Commander

FOR_THE_ARMY = ("column", "enclave")
"""Taskings of Russian aircraft that may be shared."""


def task_coalition_air(commander: "Commander") -> Proposals:
    """Split strikes for troops over the SDF's axes in proportion to their effort; where nobody is seen they go to other targets.

    With shared tasking a part of them (by the level of co-operation) goes where Russian aircraft were sent yesterday for the
    column or the enclave, and strikes by the army's contacts. Source: the article, its closing question.
    """
    campaign = commander.campaign
    plans = {name: plan for other in commander.colleagues for name, plan in other.announced.items()}
    active = {name: plan for name, plan in plans.items() if plan.effort > 0.0 and plan.aim >= 0}
    total = sum(plan.effort for plan in active.values())
    tasks: list[tuple[Wing, float, list[Tasking]]] = []
    box, deep = commander.setting("box_km", 15.0), commander.setting("deep_share", 0.5)
    for wing in campaign.wings:
        if wing.side != Side.SDF:
            continue
        away = deep if wing.deep is None else wing.deep
        strikes = wing.strikes_today * (1.0 - away)
        found = _for_the_army(commander, strikes * campaign.terms.shared)
        strikes -= sum(task.strikes for task in found)
        for name, plan in active.items():
            elsewhere = -1 if anything_near(commander, plan.aim, box) else heaviest(commander, -1, 0.0)
            aim = plan.aim if elsewhere < 0 else elsewhere
            found.append(Tasking(aim, box, strikes * plan.effort / total, controllers=1.0, why=f"{name} axis"))
        tasks.append((wing, wing.strikes_today * away, found))
    yield _shared_out(tasks, {name: plan.effort / total for name, plan in active.items()}, deep)


def _shared_out(tasks: list[tuple[Wing, float, list[Tasking]]], shares: dict[str, float], deep: float) -> Proposal:
    """Return the tasking of the day; it is told again when a share has moved by a tenth."""
    stands = tuple([(name, round(10.0 * share)) for name, share in shares.items()])
    return Proposal(act=partial(_task, tasks), topic="taskings", stands=stands, spoken=partial(_spoken, shares, deep))


def _spoken(shares: dict[str, float], deep: float) -> dict[str, Any]:
    ranked = sorted(((share, name) for name, share in shares.items()), reverse=True) + [(0.0, "deep targets only")] * 2
    return {
        "score": ranked[0][0], "measure": "share of the strikes for troops", "figures": {"deep": deep},
        "why": f"{ranked[0][1].replace('_', ' ')} first; {{deep:.2f}} of all strikes on deep targets",
        "instead": ranked[1][1].replace("_", " "), "instead_score": ranked[1][0],
    }  # fmt: skip


def _task(tasks: list[tuple[Wing, float, list[Tasking]]]) -> None:
    """Give wings their taskings, and the strikes they fly on deep targets."""
    for wing, deep, found in tasks:
        wing.deep_today, wing.taskings = deep, found


def _for_the_army(commander: "Commander", strikes: float) -> list[Tasking]:
    """Return taskings beside those that Russian aircraft had yesterday, in proportion to them."""
    wanted = [
        task for other in commander.campaign.wings if other.side == Side.GOVERNMENT
        for task in other.asked if task.why in FOR_THE_ARMY and task.cell >= 0
    ]  # fmt: skip
    whole = sum(task.strikes for task in wanted)
    if strikes <= 0.0 or whole <= 0.0:
        return []
    return [
        Tasking(task.cell, task.radius_km, strikes * task.strikes / whole, task.controllers, f"for the {task.why}",
                int(Side.GOVERNMENT))
        for task in wanted
    ]  # fmt: skip
