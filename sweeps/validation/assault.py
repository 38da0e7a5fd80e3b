"""What is measured of a great assault on the enclave: the breach, the dead, the split, the exchange (S03, S05-S07)."""

import numpy as np

from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, Mask, Measure
from sweeps.validation.enclave import ALIVE_MEN, ENCLAVE

WEST, AIRPORT = "dist_west", "dist_airport"
HALF_MEN = 300
OBSERVED_DEATHS = {2: 0.22, 8: 0.63, 9: 0.66, 10: 0.72, 14: 0.82, 32: 1.00}
"""Share of the government's dead of January 2017 by day (28, 80, 84, 91, 104, 127)."""
FIRST_HOURS = 2  # days


class GovernmentKilled(Measure):
    """Government fighters killed, executed prisoners among them."""

    def value(self) -> float:
        """Return the dead."""
        return float(self.killed(GOVERNMENT))


class EnemyKilled(Measure):
    """Men of the Islamic State killed, suicide attackers among them."""

    def value(self) -> float:
        """Return the dead."""
        return float(self.killed(ISLAMIC_STATE))


class Taken(Measure):
    """People taken away: civilians abducted and soldiers captured."""

    def value(self) -> float:
        """Return the people."""
        ours = self.units["side"] == GOVERNMENT
        return float(self.campaign.siege.abducted) + float(self.units["captured"][ours].sum())


class Breach(Measure):
    """Depth of the breach: greatest distance of a cell taken to the nearest that was the enemy's on the first day, km."""

    def open(self) -> None:
        """Note whose the ground is."""
        self.ours = np.flatnonzero(self.box(ENCLAVE) & (self.control == GOVERNMENT))
        self.theirs = np.flatnonzero(self.control == ISLAMIC_STATE)
        self.taken: Mask = np.zeros(self.ours.size, dtype=np.bool_)

    def turn(self) -> None:
        """Note what was taken."""
        self.taken |= self.control[self.ours] == ISLAMIC_STATE

    def value(self) -> float | None:
        """Return the depth."""
        return float(self.km_to(self.ours[self.taken], self.theirs).max(initial=0.0)) if self.taken.any() else 0.0


class BreachKept(Breach):
    """Share of the cells taken from the enclave that the enemy still holds at the end; none where nothing was taken."""

    def value(self) -> float | None:
        """Return the share."""
        kept = (self.control[self.ours] == ISLAMIC_STATE) & self.taken
        return float(kept.sum() / self.taken.sum()) if self.taken.any() else None


class CoreHolds(Measure):
    """1 if a connected piece of government ground that touches the western districts holds 500 fighters at the end."""

    def open(self) -> None:
        """Mark the districts."""
        self.west = self.area(WEST)

    def value(self) -> float:
        """Return whether it holds."""
        pieces = self.pieces(self.control == GOVERNMENT)
        men = self.men_by_piece(pieces, GOVERNMENT)
        touching = np.unique(pieces[self.west])
        return float(men[touching[touching > 0]].max(initial=0.0) >= ALIVE_MEN)


class Split(Measure):
    """1 if by the last day of the window the enclave was in two pieces of 300 government fighters each."""

    def open(self) -> None:
        """It is whole."""
        self.frame = self.box(ENCLAVE)
        self.west, self.airport = self.area(WEST), self.area(AIRPORT)
        self.split_on: int | None = None
        self.halves: list[Mask] = []
        self.city_from_airport = self.half_lost = False

    def day(self) -> None:
        """Look for two pieces; once there are, whether a half falls."""
        pieces = self.pieces(self.frame & (self.control == GOVERNMENT))
        men = self.men_by_piece(pieces, GOVERNMENT)
        men[0] = 0.0
        strong = np.flatnonzero(men >= HALF_MEN)
        if self.split_on is None and strong.size >= 2:
            self.split_on = self.days
            self.halves = [pieces == piece for piece in strong[np.argsort(-men[strong])][:2]]
            west, airport = (np.intersect1d(strong, pieces[area]) for area in (self.west, self.airport))
            self.city_from_airport = bool(west.size and airport.size and not np.intersect1d(west, airport).size)
        self.half_lost |= any(men[np.unique(pieces[half])].sum() < HALF_MEN for half in self.halves)
        self.days += 1

    def value(self) -> float | None:
        """Return whether it was split."""
        return float(self.split_on is not None)


class SplitDay(Split):
    """Day of the split, the first being 1; none where there was no split."""

    def value(self) -> float | None:
        """Return the day."""
        return None if self.split_on is None else float(self.split_on)


class HalfLost(Split):
    """1 if after a split one of the halves falls below 300 fighters; none where there was no split."""

    def value(self) -> float | None:
        """Return whether a half was lost."""
        return None if self.split_on is None else float(self.half_lost)


class CityFromAirport(Split):
    """1 if the split parts the western districts from the airport; none where there was no split."""

    def value(self) -> float | None:
        """Return whether it parts them."""
        return None if self.split_on is None else float(self.city_from_airport)


class DeathCurve(Measure):
    """Root mean square of (share of the government's dead by days 2, 8, 9, 10, 14, 32) - (those of January 2017)."""

    def open(self) -> None:
        """Nobody has died."""
        self.dead: list[int] = []

    def day(self) -> None:
        """Note the dead up to this morning."""
        self.dead.append(self.killed(GOVERNMENT))

    def value(self) -> float | None:
        """Return the distance of the curves; none where nobody died."""
        last = max(OBSERVED_DEATHS)
        if len(self.dead) <= last or not self.dead[last]:
            return None
        off = [self.dead[day] / self.dead[last] - share for day, share in OBSERVED_DEATHS.items()]
        return float(np.sqrt(np.mean(np.square(off))))


class Exchange(Measure):
    """Men of the Islamic State killed for one of the government (at least one is counted)."""

    def value(self) -> float:
        """Return the ratio."""
        return self.killed(ISLAMIC_STATE) / max(1, self.killed(GOVERNMENT))


class ExchangeRises(Exchange):
    """1 if the exchange at the end is above that of the first two days."""

    def open(self) -> None:
        """Nobody has died."""
        self.early = 0.0

    def day(self) -> None:
        """Note the exchange of the first days."""
        if self.days == FIRST_HOURS:
            self.early = super().value()
        self.days += 1

    def value(self) -> float:
        """Return whether it rose."""
        return float(super().value() > self.early)


class KilledInBattle(Measure):
    """Share of the dead of the Islamic State who fell in ground battles."""

    def open(self) -> None:
        """Nobody has died."""
        self.battle = 0

    def turn(self) -> None:
        """Count the dead of the turn's battles."""
        report = self.campaign.report[: self.campaign.battles]
        self.battle += int(report["attack_killed"][report["attacker"] == ISLAMIC_STATE].sum())
        self.battle += int(report["defend_killed"][report["defender"] == ISLAMIC_STATE].sum())

    def value(self) -> float | None:
        """Return the share; none where nobody died."""
        dead = self.killed(ISLAMIC_STATE)
        return self.battle / dead if dead else None
