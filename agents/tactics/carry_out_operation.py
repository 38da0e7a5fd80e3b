"""Carry out an operation: everyone at hand marches on the objective that was ordered from outside."""

from typing import TYPE_CHECKING

from agents.proposal import Proposal, Proposals
from agents.staff.odds import ready
from model.ledger import Order

if TYPE_CHECKING:
    from agents.commander import Commander


def carry_out_operation(commander: "Commander") -> Proposals:
    """Attack towards the objective of every operation in force for an own force, with all who are free."""
    campaign, units = commander.campaign, commander.campaign.units
    for (force, _axis), (objective, effort) in campaign.operations.items():
        if campaign.command_of(force) != campaign.command_index[commander.name] or effort <= 0.0:
            continue
        goal = commander.cell_of(objective)
        free = ready(campaign, commander.rows)
        yield Proposal(
            rows=free[units["cell"][free] != goal], goal=goal, order=Order.ATTACK, score=effort, measure="effort",
            why="an operation on {goal_at} is in force", figures={"goal_at": goal}, instead="stay",
        )  # fmt: skip
