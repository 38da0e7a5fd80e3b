"""Totals held against the article of 11 May 2016 and against each other."""

import datetime as dt

from model.sense.inspection import Inspection

ARTICLE = dt.date(2016, 5, 11)
GUARD = (1_900, 2_100)  # "the local Republican Guard contingent is limited to 2,000 soldiers"
GARRISON = (3_600, 4_400)  # about 4,000 with NDF, army and tribes; estimate of the order of battle
CIVILIANS = (85_000, 125_000)  # "its 100,000 inhabitants"; 93,500 to 110,000 in other counts of the year
ISLAMIC_STATE = (12_500, 13_000)  # in the frame; estimate of the order of battle
SHARE_OF_PEOPLE = 0.01


def look(inspection: Inspection) -> None:
    """Note people who are counted twice or not at all, and totals that contradict the article."""
    _quarters(inspection)
    if inspection.scenario.start == ARTICLE and inspection.scenario.enclave is not None:
        _article(inspection)


def _quarters(inspection: Inspection) -> None:
    enclave = inspection.scenario.enclave
    if enclave is None:
        return
    counted = sum(quarter.people for quarter in enclave.quarters.values())
    people = enclave.population.value
    if abs(counted - people) > SHARE_OF_PEOPLE * people:
        message = f"hold {counted:,} people, the enclave {people:,.0f}; they should agree within 1 %"
        inspection.warning("enclave.quarters", message)


def _article(inspection: Inspection) -> None:
    """Compare the totals of the first day with the article's."""
    guard = garrison = enemy = 0
    for _, force, formation in inspection.formations():
        if force.side == "islamic_state":
            enemy += formation.men if inspection.cell(formation) >= 0 else 0
        elif force.side == "government" and inspection.in_enclave(formation):
            garrison += formation.men
            guard += formation.men if (formation.quality or force.quality) == "rg" else 0
    enclave = inspection.scenario.enclave
    people = 0 if enclave is None else round(enclave.population.value)
    _compare(inspection, "forces", "Republican Guard in the enclave", guard, GUARD, "2,000 (article)")
    _compare(inspection, "forces", "garrison of the enclave", garrison, GARRISON, "about 4,000")
    _compare(inspection, "enclave.population", "civilians in the enclave", people, CIVILIANS, "100,000 (article)")
    if inspection.scenario.map.box is None:
        _compare(inspection, "forces", "Islamic State in the frame", enemy, ISLAMIC_STATE, "12,500 to 13,000")


def _compare(inspection: Inspection, path: str, what: str, counted: int, accepted: tuple[int, int], expected: str) -> None:
    if not accepted[0] <= counted <= accepted[1]:
        inspection.warning(path, f"{what}: {counted:,}, should be {expected}")
