"""The record of an order: a proposal that was carried out, with what was believed at that moment."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from agents.picture import Contacts
from agents.proposal import Proposal
from model.account.reasons import Reason, Sighting, Sightings
from model.arrays import Floats, Ints
from model.compiled import law
from model.map.theatre import Theatre

if TYPE_CHECKING:
    from agents.commander import Commander


_sighting: Callable[[Iterable[Any]], Sighting] = partial(tuple.__new__, Sighting)  # a third of what `Sighting._make` takes


def reason_for(commander: "Commander", tactic: str, proposal: Proposal, men: int) -> Reason:
    """Return the record of an order that was just given."""
    campaign, rows = commander.campaign, proposal.rows
    instead, score = proposal.instead, proposal.instead_score
    if not instead and rows.size:
        instead, score = _overruled(commander, set(rows.tolist()))
    return Reason(
        turn=campaign.turn, commander=commander.name, side=int(commander.side), tactic=tactic,
        order=int(proposal.order), goal=int(proposal.goal),
        rows=tuple(rows.tolist()), men=men, score=_plain(proposal.score),
        measure=proposal.measure, why=proposal.why, figures={name: float(one) for name, one in proposal.figures.items()},
        runner_up=instead, runner_up_score=_plain(score), contacts=sightings(commander, proposal.seen, proposal.near),
    )  # fmt: skip


def _plain(score: float) -> float:
    """Return a score as JSON can hold it."""
    return float(min(1e9, max(-1e9, score)))


def _overruled(commander: "Commander", rows: set[int]) -> tuple[str, float]:
    """Return the tactic of higher rank that has moved the same units this morning, and its score."""
    for reason in reversed(commander.campaign.reasons):
        if reason.commander == commander.name and not rows.isdisjoint(reason.rows):
            return reason.tactic.replace("_", " "), reason.score
    return "", 0.0


def sightings(commander: "Commander", seen: Contacts | None, near: tuple[int, float]) -> Sequence[Sighting]:
    """Return the contacts a proposal rests on: those it names, near its cell if it names one."""
    return () if seen is None else Sightings(partial(_picked, commander.campaign.theatre, seen, near))


def _picked(theatre: Theatre, seen: Contacts, near: tuple[int, float]) -> tuple[Sighting, ...]:
    cell, km = near
    columns = told_of(seen.row, seen.cell, seen.age, seen.men, seen.power, theatre.width, cell, km / theatre.cell_km)
    return tuple(map(_sighting, zip(*[column.tolist() for column in columns], strict=True)))


@law
def told_of(
    row: Ints, cell: Ints, age: Floats, men: Floats, power: Floats, width: int, centre: int, reach: float
) -> tuple[Ints, Ints, Floats, Floats, Floats]:
    """Return row, cell, age (to three decimals), men and power of the contacts within reach of a cell, of all for -1."""
    which = np.empty(row.shape[0], dtype=np.int64)
    many = 0
    at, across = centre // width, centre % width
    for k in range(row.shape[0]):
        dr = cell[k] // width - at
        dc = cell[k] % width - across
        if centre < 0 or dr * dr + dc * dc <= reach * reach:
            which[many] = k
            many += 1
    which = which[:many]
    return row[which], cell[which], np.rint(age[which] * 1000.0) / 1000.0, men[which], power[which]
