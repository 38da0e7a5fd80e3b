"""What is measured of the food drops: flights, what is recovered, and the stops when the zone is in danger (S09)."""

from itertools import pairwise
from typing import NamedTuple

from model.events import EventKind
from sweeps.measuring import GOVERNMENT, Measure

LEARNING_DAYS = 30
"""Days after a change of the drop zone that do not count as routine."""
GAP = (7, 25)  # days between drops
DANGER_DAYS = 3
"""Days within which a stop must follow the danger."""
AID, FIRST = "wfp", "first_flight"


class Flight(NamedTuple):
    """One flight of food aid."""

    day: int
    dropped: float  # t
    recovered: float


class Flights(Measure):
    """Drops of food aid flown a day."""

    airlift = AID

    def open(self) -> None:
        """None yet."""
        airlifts = self.campaign.siege.opening.airlifts
        self.named = airlifts[self.airlift].name if self.airlift in airlifts else None
        self.flown: list[Flight] = []
        self.moves: list[int] = []
        self.dangers: list[int] = []
        self.zone = ""

    def turn(self) -> None:
        """Note the flights of the turn."""
        day = (self.campaign.turn - 1) // self.campaign.turns_per_day
        for event in self.campaign.events:
            if self.named and event.kind is EventKind.AIRDROP and event.text.startswith(f"{self.named}:"):
                numbers = event.numbers
                self.flown.append(Flight(day, numbers.get("dropped", 0.0), numbers.get("recovered", 0.0)))

    def day(self) -> None:
        """Note whether the zone has moved, is lost or lay under fire."""
        lift = self.campaign.siege.lift
        if lift.zone != self.zone:
            self.moves += [self.days] if self.zone else []
            self.zone = lift.zone
        held = lift.zone_cell >= 0 and self.control[lift.zone_cell] == GOVERNMENT
        fired_at = self.days - 1 in lift.fired_at.values()  # flights of yesterday were called off
        if fired_at or not held or self.days in self.moves or self.campaign.day < lift.stopped_until:
            self.dangers.append(self.days - fired_at)
        self.days += 1

    def value(self) -> float | None:
        """Return the drops a day."""
        return len(self.flown) / max(1, self.days - 1)


class RecoveredInRoutine(Flights):
    """Share of the food aid dropped that was recovered, without the 30 days after a change of the drop zone."""

    def value(self) -> float | None:
        """Return the share; none where nothing was dropped."""
        usual = [f for f in self.flown if not any(0 <= f.day - move < LEARNING_DAYS for move in self.moves)]
        dropped = sum(flight.dropped for flight in usual)
        return sum(flight.recovered for flight in usual) / dropped if dropped else None


class DangerousGaps(Flights):
    """Stops of 7 to 25 days between drops that begin within three days of danger to the drop zone."""

    def value(self) -> float:
        """Return how many there were."""
        days = sorted({flight.day for flight in self.flown})
        gaps = [a for a, b in pairwise(days) if GAP[0] <= b - a <= GAP[1]]
        return float(sum(any(abs(danger - gap) <= DANGER_DAYS for danger in self.dangers) for gap in gaps))


class FirstFlight(Flights):
    """Share recovered of the first flight, from 7,000 m with plain canopies."""

    airlift = FIRST

    def value(self) -> float | None:
        """Return the share; none where it was not flown."""
        dropped = sum(flight.dropped for flight in self.flown)
        return sum(flight.recovered for flight in self.flown) / dropped if dropped else None


class SecondFlight(FirstFlight):
    """Share recovered of the first flights of the new system, from 5,000 m: mean of the first two."""

    airlift = AID

    def value(self) -> float | None:
        """Return the share; none where none was flown."""
        two = self.flown[:2]
        return sum(f.recovered for f in two) / max(1e-9, sum(f.dropped for f in two)) if two else None
