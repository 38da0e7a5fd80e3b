"""Proximal outcomes of the enclave's stores: flights, tonnes, rations, its clock."""

import numpy as np

from tests.mission.measuring import Measure

YEAR = 365.0


class Recovered(Measure):
    """Tonnes recovered by the enclave a day."""

    def day(self) -> None:
        """Count the days."""
        self.days += 1

    def value(self) -> float:
        """Return tonnes a day."""
        return self.campaign.siege.lift.recovered / max(1, self.days - 1)


class RecoveredShare(Measure):
    """Share of what was dropped that the enclave recovered."""

    def value(self) -> float:
        """Return the share."""
        lift = self.campaign.siege.lift
        return float(lift.recovered / lift.dropped) if lift.dropped else 0.0


class Landed(Recovered):
    """Tonnes landed at the airport in 30 days, by helicopter and on the runway."""

    def value(self) -> float:
        """Return tonnes."""
        return 30.0 * self.campaign.siege.lift.landed / max(1, self.days - 1)


class MeanRation(Measure):
    """Mean ration of the civilians, kcal a person and day."""

    def open(self) -> None:
        """Nobody has eaten yet."""
        self.rations: list[float] = []

    def day(self) -> None:
        """Note what they ate."""
        self.rations.append(self.campaign.siege.ration)

    def value(self) -> float:
        """Return the mean."""
        return float(np.mean(self.rations[1:] or [0.0]) * self.campaign.rules.civil.need0)


class EnclaveClock(Measure):
    """The enclave's clock, days: the least of days of food at full rations, of ammunition and of men; mean from day 60 on."""

    FROM, WINDOW = 60, 30

    def open(self) -> None:
        """Start the books."""
        self.clock: list[float] = []
        self.garrison: list[int] = []

    def day(self) -> None:
        """Reckon how long each would last."""
        campaign, enclave = self.campaign, self.campaign.siege
        self.garrison.append(enclave.garrison)
        civil, supply = campaign.rules.civil, campaign.rules.supply
        full = enclave.civilians * civil.need0 / civil.kcal_kg / 1000.0  # tonnes a day: who halves his rations gains no time
        full += max(0, enclave.garrison - enclave.reached) * supply.food_soldier / 1000.0
        food = enclave.food / full if full else YEAR
        lost = (self.garrison[max(0, len(self.garrison) - 1 - self.WINDOW)] - enclave.garrison) / self.WINDOW
        spare = enclave.garrison - campaign.rules.army.survive_men
        men = max(0.0, spare) / lost if lost > 0 else YEAR
        ammo = enclave.ammo / (enclave.garrison * campaign.rules.supply.ammo_quiet / 1000.0) if enclave.garrison else 0.0
        self.clock.append(min(YEAR, food, men, ammo))

    def value(self) -> float:
        """Return the mean from day 60 on."""
        return float(np.mean(self.clock[self.FROM :] or self.clock[-1:]))
