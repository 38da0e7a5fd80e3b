"""Tasking of coalition aircraft: support for the SDF's axes by their effort, the rest on oil and deep targets."""

from typing import TYPE_CHECKING

from agents.tactics.advance_in_bounds import March
from model.ledger import Side
from model.rules.air import Tasking

if TYPE_CHECKING:
    from agents.commander import Commander


def task_coalition_air(commander: "Commander") -> None:
    """Split strikes for troops over the SDF's axes in proportion to their effort; idle axes get what is left of none."""
    campaign = commander.campaign
    marches, effort = _sdf_plans(commander)
    box, deep = commander.setting("box_km", 15.0), commander.setting("deep_share", 0.5)
    active = {name: effort.get(name, 0.0) for name, march in marches.items() if march.cells and effort.get(name, 0.0) > 0.0}
    total = sum(active.values())
    for wing in campaign.wings:
        if wing.side != Side.SDF:
            continue
        strikes = wing.strikes_today * (1.0 - deep)
        wing.taskings = []
        for name, weight in active.items():
            march = marches[name]
            cell = march.cells[march.bound if march.bound >= 0 else min(march.head + 1, len(march.cells) - 1)]
            wing.taskings.append(Tasking(cell, box, strikes * weight / total, controllers=True, why=f"{name} axis"))


def _sdf_plans(commander: "Commander") -> tuple[dict[str, March], dict[str, float]]:
    """Return how far the SDF have come on each axis, and the effort they give it."""
    for other in commander.colleagues:
        if other is not commander:
            return other.memory.get("marches", {}), other.memory.get("effort", {})
    return {}, {}
