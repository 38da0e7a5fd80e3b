"""Tasking of coalition aircraft: support for the SDF's axes by their effort, the rest on oil and deep targets."""

from typing import TYPE_CHECKING

from model.ledger import Side
from model.rules.air import Tasking

if TYPE_CHECKING:
    from agents.commander import Commander


def task_coalition_air(commander: "Commander") -> None:
    """Split strikes for troops over the SDF's axes in proportion to their effort; idle axes get what is left of none."""
    campaign = commander.campaign
    plans = {name: plan for other in commander.colleagues for name, plan in other.announced.items()}
    active = {name: plan for name, plan in plans.items() if plan.effort > 0.0 and plan.aim >= 0}
    total = sum(plan.effort for plan in active.values())
    box, deep = commander.setting("box_km", 15.0), commander.setting("deep_share", 0.5)
    for wing in campaign.wings:
        if wing.side != Side.SDF:
            continue
        strikes = wing.strikes_today * (1.0 - deep)
        wing.deep_today = wing.strikes_today * deep
        wing.taskings = [
            Tasking(plan.aim, box, strikes * plan.effort / total, controllers=True, why=f"{name} axis")
            for name, plan in active.items()
        ]
