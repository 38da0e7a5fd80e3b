"""Return to post: whoever has done what he was sent for goes home, or holds where he is if home is lost."""

from typing import TYPE_CHECKING

from model.ledger import HOSTILE, Order, State

if TYPE_CHECKING:
    from agents.commander import Commander


def return_to_post(commander: "Commander") -> None:
    """Send home the idle who are away; those who arrived where they were sent hold there; a lost home is given up."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = commander.rows
    arrived = rows[(units["goal"][rows] == units["cell"][rows]) & (units["order"][rows] != Order.ATTACK)]
    for row in arrived:
        campaign.halt(int(row))
    idle = rows[(units["order"][rows] == Order.HOLD) & (units["state"][rows] == State.STEADY) & (units["engaged"][rows] == 0)]
    away = idle[units["home"][idle] != units["cell"][idle]]
    for row in away:
        home = int(units["home"][row])
        side = int(units["side"][row])
        if HOSTILE[side, campaign.layers.control[home]]:
            if campaign.turn - int(campaign.layers.changed_turn[home]) > 3 * campaign.turns_per_day:
                units["home"][row] = units["cell"][row]  # it is gone: this is the post now
        else:
            campaign.send(int(row), home, Order.MARCH)
    _lapse(commander)


def _lapse(commander: "Commander") -> None:
    """Let orders that can no longer be carried out lapse: attackers without a way stop after their time."""
    campaign, units = commander.campaign, commander.campaign.units
    rows = commander.rows
    late = rows[(units["until"][rows] >= 0) & (units["until"][rows] <= campaign.turn) & (units["engaged"][rows] == 0)]
    for row in late:
        units["until"][row] = -1
        campaign.halt(int(row))
