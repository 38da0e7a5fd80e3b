"""Pursuit: routed men, and those pressed out of their post, are chased down, captured or cut off."""

from typing import TYPE_CHECKING

from model.arrays import Dice, Ints, Layer, Rows
from model.compiled import law
from model.events import EventKind
from model.ledger import HOSTILE, Order, Posture, State
from model.orders import direct
from model.rules import captives
from model.rules.casualties import rounded
from model.rules.fire_support import km_to
from model.ways.refuge import refuge_of

if TYPE_CHECKING:
    from model.campaign import Campaign

STEADY, SHAKEN, ROUTED, SURROUNDED, DESTROYED = (
    int(s) for s in (State.STEADY, State.SHAKEN, State.ROUTED, State.SURROUNDED, State.DESTROYED)
)
WITHDRAW, HOLD, ATTACK, HASTY = int(Order.WITHDRAW), int(Order.HOLD), int(Order.ATTACK), int(Posture.HASTY)
SIX_HOURS = 0.25
"""Days for which the shares of a pursuit are given, and for which men pressed out of a post are followed."""


def chase(campaign: "Campaign") -> None:
    """Pursue who runs or was pressed out of his post while enemies are next to him; those with nowhere to go may surrender."""
    found = campaign.candidates[: fugitives(campaign.units, campaign.candidates)]
    if found.size == 0:
        return
    morale, toll = campaign.rules.morale, campaign.toll
    dice = campaign.chance["pursuit"].random((found.size, 4))
    campaign.layers.occupy(campaign.units)  # who broke this turn no longer holds anything
    caught = chase_all(
        campaign.units, found, campaign.layers.men, HOSTILE, campaign.theatre.offsets, morale.row, campaign.surrender,
        campaign.days_per_turn, dice, campaign.hospital[campaign.ward], toll, campaign.rout_cell, campaign.theatre.width,
        campaign.theatre.cell_km,
    )  # fmt: skip
    if not caught:
        return
    for row, (killed, captured) in zip(found.tolist(), toll[found].tolist(), strict=True):
        if killed + captured:
            _tell(campaign, row, killed, captured)


def _tell(campaign: "Campaign", row: int, killed: int, captured: int) -> None:
    unit = campaign.units[row]
    captives.take(campaign, int(unit["side"]), captured)
    text = f"{campaign.name_of(row)} is pursued near {campaign.near(int(unit['cell']))}: {killed} killed, {captured} captured."
    numbers = {"killed": float(killed), "captured": float(captured)}
    campaign.tell(EventKind.ROUT, text, row=row, weight=min(1.0, 0.2 + (killed + captured) / 100), numbers=numbers)


@law
def fugitives(units: Rows, found: Ints) -> int:
    """List the units that run, are cut off, or were told to go and know no refuge yet; return how many there are."""
    many = 0
    for i in range(units.shape[0]):
        u = units[i]
        if u.alive == 1 and (u.state == ROUTED or u.state == SURROUNDED or (u.order == WITHDRAW and u.goal < 0)):
            found[many] = i
            many += 1
    return many


@law
def chase_all(
    units: Rows, found: Ints, men: Layer, hostile: Layer, offsets: Ints, morale: Rows, surrender: Layer, days: float, dice: Dice,
    ward: Ints, toll: Ints, rout_cell: Ints, width: int, cell_km: float,
) -> int:  # fmt: skip
    """Take from each pursued unit its share of killed, captured and wounded; write (killed, captured) into `toll`.

    A routed unit loses `pur_kill`, `pur_cap`, `pur_wound` of its men per 6 h while an enemy stands in a neighbouring cell
    and no steady friend in its own, until it has run `pur_km` from where it broke. Who was pressed out of his post loses
    `pur_press` of that in the first six hours, if those who pressed him are at his heels and nobody covers him. A surrounded
    unit surrenders with the hazard of its quality. Return how many were killed or captured. Source: history matching of five
    assaults; S. L. A. Marshall and Dupuy on losses after the break; the article (soldiers forced to flee, and then chased
    down).
    """
    m = morale[0]
    caught = 0
    for k in range(found.shape[0]):
        i = found[k]
        u = units[i]
        toll[i, 0] = toll[i, 1] = 0
        share = days / SIX_HOURS
        if u.state != ROUTED and u.state != SURROUNDED:
            if not at_heels(units, i, hostile, width):
                continue
            share = m.pur_press
        if u.state == ROUTED and rout_cell[i] >= 0 and km_to(u.cell, rout_cell[i], width, cell_km) > m.pur_km:
            continue
        chased = u.state != ROUTED and u.state != SURROUNDED
        for s in range(hostile.shape[0]):
            if hostile[u.side, s] == 1:
                if men[s, u.cell] > 0:
                    chased = True
                for d in range(8):
                    if men[s, u.cell + offsets[d]] > 0:
                        chased = True
        if not chased or (u.state == ROUTED and men[u.side, u.cell] > 0):
            continue
        killed = captured = hurt = 0
        if u.state == SURROUNDED:
            if dice[k, 3] < 1.0 - (1.0 - surrender[u.quality]) ** days:
                captured = u.men
        else:
            killed = min(u.men, rounded(u.men * (1.0 - (1.0 - m.pur_kill) ** share), dice[k, 0]))
            captured = min(u.men - killed, rounded(u.men * (1.0 - (1.0 - m.pur_cap) ** share), dice[k, 1]))
            hurt = min(u.men - killed - captured, rounded(u.men * (1.0 - (1.0 - m.pur_wound) ** share), dice[k, 2]))
        u.men -= killed + captured + hurt
        u.killed += killed
        u.captured += captured
        u.wounded += hurt
        ward[i] += hurt
        u.cas_recent += killed + hurt
        toll[i, 0] = killed
        toll[i, 1] = captured
        caught += killed + captured
        if u.men <= 0:
            u.alive = 0
            u.state = DESTROYED
    return caught


@law
def at_heels(units: Rows, i: int, hostile: Layer, width: int) -> bool:
    """Say whether a unit that withdraws has attackers in its cell or beside it, and nobody who covers it.

    A friend covers it who holds in its cell, or steady and not himself attacked in the next: he shoots at who follows.
    """
    u = units[i]
    pressed = False
    for j in range(units.shape[0]):
        o = units[j]
        if o.alive == 0 or o.state == ROUTED or o.state == SURROUNDED or abs(o.cell - u.cell) > 2 * width:
            continue
        if abs(o.cell // width - u.cell // width) > 1 or abs(o.cell % width - u.cell % width) > 1:
            continue
        if o.side == u.side and o.order != WITHDRAW and (o.cell == u.cell or (o.state == STEADY and o.engaged == 0)):
            return False
        pressed = pressed or (hostile[u.side, o.side] == 1 and o.order == ATTACK)
    return pressed


def flee(campaign: "Campaign") -> None:
    """Send broken and withdrawing units that have no goal yet to their refuge: the nearest ground their side still holds.

    Units that were sent home go home if they can; where nothing is left to run to, a unit is surrounded. Those who are look
    for a way out each morning.
    """
    units, found, layers, theatre = campaign.units, campaign.candidates, campaign.layers, campaign.theatre
    many = fugitives(units, found)
    if many:
        flee_all(
            units, found[:many], campaign.morning, layers.men, layers.control, theatre.bank, HOSTILE, theatre.offsets,
            theatre.width,
        )  # fmt: skip


@law
def flee_all(
    units: Rows, found: Ints, morning: bool, men: Layer, control: Layer, bank: Layer, hostile: Layer, offsets: Ints, width: int
) -> None:  # fmt: skip
    """Send one after the other to his refuge, or say that he is surrounded."""
    for row in found:
        u = units[row]
        cut_off = u.state == SURROUNDED
        if (cut_off and not morning) or (not cut_off and (u.order != WITHDRAW or u.goal >= 0)):
            continue
        refuge = refuge_of(units, row, men, control, bank, hostile, offsets, width)
        if refuge >= 0:
            if cut_off:
                u.state = SHAKEN  # a way out has opened
            direct(u, refuge, WITHDRAW)
        elif not cut_off:
            u.state = SURROUNDED
            u.order = HOLD
            u.posture = HASTY
