"""The tally: watches a run frame by frame and says at its end what came of it. It needs nothing but frames."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from model.account.ending import corridors, ended_by, first_to_city, forces, lines, named_sides, quarter_outcome
from model.account.frame import EnclaveNow, Frame, Opening, QuarterNow
from model.account.outcome import Civilians, HandOver, Outcome, Siege, Supply
from model.account.series import Figures, area_by_side, figures_of, row_of
from model.arrays import Layer
from model.events import Event
from model.ledger import Side
from model.map.theatre import Place
from model.subjects.quarters import dead_by_cause

HUNGRY = 0.5  # of need: about 1,000 kcal a day


class Tally:
    """Counts a run.

    Parameters
    ----------
    opening
        The run's opening.
    places
        The theatre's places, to tell which changed hands; without them none are told.
    """

    def __init__(self, opening: Opening, places: Sequence[Place] = ()) -> None:
        self.opening = opening
        self.figures: list[Figures] = []  # of each day
        self.hand_overs: list[HandOver] = []
        self.first: Frame | None = None
        self.frame: Frame | None = None
        self._events: Counter[str] = Counter()
        self._places = tuple(place for place in places if place.cell >= 0)
        self._cells = np.array([place.cell for place in self._places], dtype=np.intp)
        self._held = np.zeros(0, np.int8)
        self._enclave: tuple[EnclaveNow, EnclaveNow] | None = None  # as first and as last seen
        self._lowest_ration = np.inf
        self._hungry_days = 0
        self._rations = [0.0, 0]  # sum, days
        self._airport_days: Counter[str] = Counter()

    def add(self, frame: Frame) -> None:
        """Count a frame; frames come in order, from turn 0."""
        if self.first is None:
            self.first = frame
            self._held = frame.control[self._cells]
        if frame.enclave is not None:
            self._enclave = (self._enclave[0] if self._enclave else frame.enclave, frame.enclave)
        self.between(frame.when, frame.control, frame.events)
        self._note_day(frame)
        self.frame = frame

    def between(self, when: datetime, control: Layer, events: Iterable[Event]) -> None:
        """Count what happened in a turn of which no frame was made: what else is counted is asked for each morning alone."""
        self._events.update(str(event.kind) for event in events)
        self._note_hand_overs(when, control)

    @property
    def days(self) -> list[dict[str, Any]]:
        """The rows of the daily series so far."""
        return [row_of(figures) for figures in self.figures]

    def outcome(self, digest: str | None = None, *, interrupted: bool = False) -> Outcome:
        """Return what came of the run so far (ValueError before the first frame)."""
        first, last = self.first, self.frame
        if first is None or last is None:
            msg = "no frame was counted"
            raise ValueError(msg)
        return Outcome(
            scenario=self.opening.scenario,
            title=self.opening.title,
            seed=self.opening.seed,
            start=self.opening.start,
            last=last.when.date(),
            turns=last.turn,
            days=last.day,
            ended_by="interrupted" if interrupted else ended_by(self.opening, last),
            interrupted=interrupted,
            milestones=dict(last.milestones),
            first_to_city=first_to_city(last.milestones),
            siege=self._siege(last),
            lines=lines(last),
            corridors=corridors(last),
            measures=dict(last.theatre.measures),
            forces=forces(self.opening, first, last),
            area_at_start_km2=area_by_side(first, self.opening.cell_km),
            area_km2=area_by_side(last, self.opening.cell_km),
            hand_overs=tuple(self.hand_overs),
            events=dict(sorted(self._events.items())),
            digest=digest,
        )

    def _note_day(self, frame: Frame) -> None:
        """Keep a row for every whole day, as it stood when the day was over."""
        if self.frame is not None and int(frame.day) == int(self.frame.day):
            return
        self.figures.append(figures_of(frame, self.opening))
        if frame.enclave is not None and self.frame is not None:
            self._lowest_ration = min(self._lowest_ration, frame.enclave.ration)
            self._hungry_days += frame.enclave.ration < HUNGRY
            self._rations[0] += frame.enclave.ration
            self._rations[1] += 1
            self._airport_days[frame.enclave.airport] += 1

    def _note_hand_overs(self, when: datetime, control: Layer) -> None:
        held = control[self._cells]
        for index in np.flatnonzero(held != self._held):
            place = self._places[index]
            before, after = Side(self._held[index]).name.lower(), Side(held[index]).name.lower()
            change = HandOver(date=when.date(), place=place.id, name=place.name, lost_by=before, taken_by=after)
            self.hand_overs.append(change)
        self._held = held

    def _siege(self, last: Frame) -> Siege | None:
        if self._enclave is None:
            return None
        first, now = self._enclave
        fall = last.milestones.get("fall")
        return Siege(
            survival_days=float((fall - self.opening.start).days) if fall else last.day,
            censored=fall is None,
            cause_of_fall=last.theatre.cause_of_fall or None,
            civilians=self._civilians(first, now, last.quarters),
            supply=Supply(
                dropped_t=now.dropped_t,
                recovered_t=now.recovered_t,
                enemy_t=now.enemy_t,
                no_mans_t=now.no_mans_t,
                lost_t=now.lost_t,
                aid_to_army_t=now.aid_to_army_t,
            ),
            garrison_at_start=first.garrison,
            airport_days=dict(sorted(self._airport_days.items())),
            garrison=now.garrison,
            manpower=dict(last.manpower),
            quarters=tuple(quarter_outcome(quarter) for quarter in last.quarters),
            area_at_start_km2=first.area_km2,
            area_km2=now.area_km2,
        )

    def _civilians(self, first: EnclaveNow, now: EnclaveNow, quarters: Sequence[QuarterNow]) -> Civilians:
        return Civilians(
            at_start=first.civilians,
            alive=now.civilians,
            dead_hunger=now.dead_hunger,
            dead_fire=now.dead_fire,
            dead_massacre=now.dead_massacre,
            dead_by=named_sides(dead_by_cause(quarters)),
            abducted=now.abducted,
            freed=now.freed,
            behind=now.behind,
            left=now.left,
            mean_ration=self._rations[0] / self._rations[1] if self._rations[1] else now.ration,
            lowest_ration=min(self._lowest_ration, now.ration),
            hungry_days=self._hungry_days,
        )


def tally_of(frames: Iterable[Frame], opening: Opening, places: Sequence[Place] = ()) -> Tally:
    """Return the tally of a run that is over, such as a recording."""
    tally = Tally(opening, places)
    for frame in frames:
        tally.add(frame)
    return tally
