"""Massacre: what follows for the people of a quarter that falls to the Islamic State. Counted, never an objective."""

from typing import TYPE_CHECKING

import numpy as np

from model.events import EventKind
from model.ledger import Side
from model.rules.tribes import mourn
from model.subjects.quarters import Cause, Chapter

if TYPE_CHECKING:
    from model.campaign import Campaign

FREED_DAYS = 4.0
"""Mean days until those of the abducted who come back are set free (January 2016: 270 within four days)."""


def quarters_fall(campaign: "Campaign", place_id: str, to: int) -> None:
    """Write the history of a place that has passed to another side; if people live there, open what follows for them."""
    name = Side(to).name.lower().replace("_", " ")
    chapter = Chapter(campaign.when.date(), to, f"taken by {name}")
    campaign.place_history.setdefault(place_id, []).append(chapter)
    enclave = campaign.enclave
    if enclave is None or place_id not in enclave.quarters.index:
        return
    quarters, q = enclave.quarters, enclave.quarters.index[place_id]
    if quarters.owner[q] == to:
        return
    quarters.history[place_id].append(chapter)
    quarters.pass_to(q, to)
    quarters.days_left[q] = 0
    if to == Side.ISLAMIC_STATE and quarters.people[q] > 0.0:
        _fate_of(campaign, place_id, q)
    enclave.count()


def _fate_of(campaign: "Campaign", place_id: str, q: int) -> None:
    """Draw what will be done to the people of a quarter, and let a part of the others flee.

    Of the people present `mass_kill` will be killed and `mass_abd` abducted, each times its own gamma draw of mean 1, evenly
    over `mass_days` while the Islamic State holds the place. `mass_flee` of the others reach the quarters still held; the
    rest are behind its lines. Source: January 2016.
    """
    enclave, civil = campaign.siege, campaign.rules.civil
    quarters = enclave.quarters
    luck = campaign.chance["massacre"].gamma(civil.mass_shape, 1.0 / civil.mass_shape, 2)
    present = float(quarters.people[q])
    kill = present * min(1.0, civil.mass_kill * float(luck[0]))
    abduct = (present - kill) * min(1.0, civil.mass_abd * float(luck[1]))
    flee = (present - kill - abduct) * civil.mass_flee if quarters.fed.any() else 0.0
    quarters.people[q] -= flee
    if flee:
        quarters.add(flee)
    quarters.to_kill[q], quarters.to_abduct[q] = kill, abduct
    quarters.days_left[q] = max(1, round(civil.mass_days))
    place = campaign.theatre.place(place_id)
    text = f"{place.name} falls with {present:,.0f} people in it: {flee:,.0f} flee, {present - flee:,.0f} are behind the lines."
    numbers = {"present": present, "fled": flee}
    campaign.tell(EventKind.CIVILIANS, text, cell=place.cell, weight=0.9, numbers=numbers)


def go_on(campaign: "Campaign") -> None:
    """Let a day pass in the quarters that have fallen: people are killed, abducted, and some of the abducted set free."""
    enclave = campaign.siege
    quarters = enclave.quarters
    if quarters.days_left.any():
        for q in np.flatnonzero(quarters.days_left).tolist():
            _day_in(campaign, q)
    if enclave.abducted > enclave.freed:
        free = quarters.captive / FREED_DAYS
        quarters.captive -= free
        quarters.people += free
        enclave.freed += float(free.sum())
        enclave.count()


def _day_in(campaign: "Campaign", q: int) -> None:
    enclave, civil = campaign.siege, campaign.rules.civil
    quarters = enclave.quarters
    part = 1.0 / int(quarters.days_left[q])
    killed, taken = float(quarters.to_kill[q]) * part, float(quarters.to_abduct[q]) * part
    killed = min(killed, float(quarters.people[q]))
    taken = min(taken, float(quarters.people[q]) - killed)
    quarters.to_kill[q] -= killed
    quarters.to_abduct[q] -= taken
    quarters.days_left[q] -= 1
    quarters.people[q] -= killed + taken
    dead = np.zeros(quarters.people.size)
    dead[q] = killed
    before = int(enclave.dead_massacre)
    enclave.dead_massacre += quarters.bury(Cause.MASSACRE, int(Side.ISLAMIC_STATE), dead)
    enclave.abducted += taken
    quarters.captive[q] += taken * civil.abd_back
    campaign.learn_of_fate(int(Side.GOVERNMENT), int(enclave.dead_massacre) - before)
    mourn(campaign, int(quarters.cells[q]), int(Side.ISLAMIC_STATE), killed)
    text = f"{quarters.names[q]}: {killed:,.0f} civilians killed and {taken:,.0f} abducted today by the Islamic State."
    numbers = {"killed": killed, "abducted": taken}
    campaign.tell(EventKind.CIVILIANS, text, cell=int(quarters.cells[q]), weight=0.95, numbers=numbers)
