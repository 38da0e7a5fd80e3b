"""The ending: what the last frame of a run says of its subjects, one by one, and why the run ended."""

from datetime import date

from model.account.frame import Frame, Opening, QuarterNow
from model.account.outcome import CorridorOutcome, EndedBy, ForceOutcome, LineOutcome, QuarterOutcome
from model.ledger import Side
from model.subjects.quarters import dead_by_cause

REACHED = {"relief": Side.GOVERNMENT, "sdf_in_city": Side.SDF, "fall": Side.ISLAMIC_STATE}
"""Milestones that say who reached the city."""


def ended_by(opening: Opening, last: Frame) -> EndedBy:
    """Say why the run ended."""
    if not last.over:
        return "turn limit"
    fall, today = last.milestones.get("fall"), last.when.date()
    if fall is not None and (today < opening.end or fall == today):
        return "fall of the enclave"
    return "end date" if today >= opening.end else "ended early"


def first_to_city(milestones: dict[str, date]) -> str | None:
    """Return the side that reached the city first (of two on the same day, the one named first in `REACHED`)."""
    arrivals = [(milestones[name], side.name.lower()) for name, side in REACHED.items() if name in milestones]
    return min(arrivals, key=lambda arrival: arrival[0])[1] if arrivals else None


def lines(last: Frame) -> tuple[LineOutcome, ...]:
    """Return how each line of communication fared."""
    return tuple(
        LineOutcome(
            id=line.id,
            title=line.title,
            side=Side(line.side).name.lower(),
            state=line.state,
            days_cut=line.days_cut,
            days_threatened=line.days_threatened,
            times_cut=line.times_cut,
            first_cut=date.fromisoformat(line.first_cut) if line.first_cut else None,
        )
        for line in last.theatre.lines
    )


def corridors(last: Frame) -> tuple[CorridorOutcome, ...]:
    """Return how each raided road fared."""
    return tuple(
        CorridorOutcome(
            id=road.id,
            side=Side(road.side).name.lower(),
            days=road.days,
            days_open=road.days_open,
            raids=road.raids,
            longest_closure_days=road.longest_closure_days,
        )
        for road in last.theatre.corridors
    )


def forces(opening: Opening, first: Frame, last: Frame) -> tuple[ForceOutcome, ...]:
    """Return how each force fared."""
    named = zip(opening.force_ids, opening.force_names, opening.force_sides, first.forces, last.forces, strict=True)
    return tuple(
        ForceOutcome(
            id=force_id,
            name=name,
            side=int(side),
            men_at_start=start.men,
            men=now.men,
            killed=now.killed,
            wounded=now.wounded,
            captured=now.captured,
            deserted=now.deserted,
            joined=now.joined,
            left=now.left,
            tanks_at_start=start.tanks,
            tanks=now.tanks,
        )
        for force_id, name, side, start, now in named
    )


def named_sides(toll: dict[str, dict[int, int]]) -> dict[str, dict[str, int]]:
    """Return a toll with the names of sides."""
    return {cause: {Side(side).name.lower(): people for side, people in by.items()} for cause, by in toll.items()}


def quarter_outcome(quarter: QuarterNow) -> QuarterOutcome:
    """Return what became of a quarter."""
    return QuarterOutcome(
        place=quarter.place,
        owner=Side(quarter.side).name.lower(),
        civilians=quarter.people,
        dead=named_sides(dead_by_cause((quarter,))),
        history=tuple((date.fromisoformat(when), Side(side).name.lower(), event) for when, side, event in quarter.history),
    )
