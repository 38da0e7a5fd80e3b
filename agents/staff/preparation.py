"""Preparation: a grand assault that is due is saved for: men are brought to its front, and raids leave the vehicle bombs."""

from typing import TYPE_CHECKING

from agents.staff.assault import FrontMemory

if TYPE_CHECKING:
    from agents.commander import Commander

PATIENCE = 2.0
"""Times the days of massing for which men and vehicle bombs are saved; after that raids may have them (estimate)."""


def prepares(commander: "Commander", memory: FrontMemory) -> bool:
    """Say whether a grand assault on a front is being prepared: it is due, not begun, and has not been waited for too long."""
    campaign = commander.campaign
    return memory.prepares >= 0 and campaign.day - memory.prepares < PATIENCE * campaign.rules.islamic_state.grand_mass


def massing(commander: "Commander") -> list[tuple[str, ...]]:
    """Return the sectors of each front on which a grand assault is prepared."""
    memories: dict[str, FrontMemory] = commander.memory.get("fronts", {})
    return [commander.doctrine.fronts[name].sectors for name, memory in memories.items() if prepares(commander, memory)]
