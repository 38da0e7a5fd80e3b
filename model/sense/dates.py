"""Dated inputs that would never happen, change nothing, or take more men than there are."""

import datetime as dt

from model.inputs import CrossingChange, DatedInput, Reinforcement, Transfer, Withdrawal
from model.sense.inspection import OUTSIDE, Inspection

By_id = list[tuple[str, DatedInput]]


def look(inspection: Inspection) -> None:
    """Note inputs outside the war that is played, changes that change nothing, and men who are not there."""
    scenario = inspection.scenario
    by_date = sorted(((f"inputs.{key}", dated) for key, dated in scenario.inputs.items()), key=lambda item: item[1].date)
    for path, dated in by_date:
        if not scenario.start <= dated.date <= scenario.end:
            played = f"{scenario.start} to {scenario.end}"
            inspection.warning(f"{path}.date", f"{dated.date} lies outside what is played ({played}); it never happens")
    for path, lift in _airlifts(inspection):
        if lift is not None and lift > scenario.end:
            inspection.warning(path, f"{lift} lies after the end ({scenario.end}); it never flies")
    _crossings(inspection, by_date)
    _formations(inspection, by_date)
    _sectors(inspection, by_date)


def _airlifts(inspection: Inspection) -> list[tuple[str, dt.date | None]]:
    enclave = inspection.scenario.enclave
    lifts = {} if enclave is None else enclave.airlifts
    return [(f"enclave.airlifts.{key}.starts", lift.starts) for key, lift in lifts.items()]


def _crossings(inspection: Inspection, by_date: By_id) -> None:
    """Note a crossing that is destroyed when it is down or restored when it stands."""
    intact = {crossing.id: crossing.intact for crossing in inspection.theatre.crossings}
    for path, dated in by_date:
        if isinstance(dated, CrossingChange) and dated.crossing in intact:
            becomes = dated.state == "intact"
            if intact[dated.crossing] == becomes:
                inspection.warning(f"{path}.state", f"'{dated.crossing}' is {dated.state} already on {dated.date}")
            intact[dated.crossing] = becomes


def _formations(inspection: Inspection, by_date: By_id) -> None:
    """Note withdrawals of more men than a formation can have by then."""
    there = {
        (force_id, formation_id): formation.men
        for force_id, force in inspection.scenario.forces.items()
        for formation_id, formation in force.order_of_battle.items()
    }
    for path, dated in by_date:
        if isinstance(dated, Reinforcement) and (dated.force, dated.formation) in there:
            there[dated.force, dated.formation] += dated.men
        if not isinstance(dated, Withdrawal):
            continue
        for formation, men in dated.formations.items():
            left = there.get((dated.force, formation))
            if left is None:
                continue
            if men > left:
                inspection.error(f"{path}.formations.{formation}", f"{men:,} men cannot leave: '{formation}' has {left:,}")
            there[dated.force, formation] = max(0, left - men)


def _sectors(inspection: Inspection, by_date: By_id) -> None:
    """Note men taken from sectors that have fewer on the first day and by every arrival before."""
    there: dict[tuple[str, str], int] = {}
    for path, _, formation in inspection.formations():
        key = (path.split(".")[1], formation.sector)
        there[key] = there.get(key, 0) + formation.men
    for path, dated in by_date:
        if isinstance(dated, Reinforcement):
            key = (dated.force, dated.sector)
            there[key] = there.get(key, 0) + dated.men
        elif isinstance(dated, Transfer):
            _transfer(inspection, path, dated, there)
        elif isinstance(dated, Withdrawal) and dated.sectors:
            _pull(inspection, path, dated, there)


def _transfer(inspection: Inspection, path: str, dated: Transfer, there: dict[tuple[str, str], int]) -> None:
    for sector, men in dated.sources.items():
        left = there.get((dated.force, sector))
        if sector != OUTSIDE and left is not None and men > left:
            inspection.warning(f"{path}.sources.{sector}", f"{men:,} men are more than '{sector}' has ({left:,})")
    arrives = (dated.force, dated.to_sector)
    there[arrives] = there.get(arrives, 0) + sum(dated.sources.values())


def _pull(inspection: Inspection, path: str, dated: Withdrawal, there: dict[tuple[str, str], int]) -> None:
    days = ((dated.until or dated.date) - dated.date).days + 1 if dated.per_day else 1
    left = sum(there.get((dated.force, sector), 0) for sector in dated.sectors)
    if dated.men * days > left:
        taken = f"{dated.men:,} men" + (f" a day for {days} days" if dated.per_day else "")
        inspection.warning(f"{path}.men", f"{taken} are more than {', '.join(dated.sectors)} have ({left:,})")
