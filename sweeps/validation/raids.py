"""What is measured of the siege's tempo: each attack on the enclave, what it takes and costs, and suicide attacks (S04, S08)."""

from dataclasses import dataclass, field

import numpy as np

from model.events import EventKind
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, Mask, Measure
from sweeps.validation.enclave import ENCLAVE

NEAR_KM = 3.0
"""Battles within this distance of each other are one attack."""
PAUSE_DAYS, RETAKE_DAYS, MERGE_DAYS = 1.0, 2.0, 3.0
RAID_MEN = 300
LESSER, MAJOR = 20, 100  # government dead
PROVINCE_WEST, PROVINCE_NORTH = 39.3, 35.95
MONTH = 30


@dataclass(eq=False)
class Attack:
    """One attack of the Islamic State on the enclave: battles near to each other in place and time."""

    first: int  # turn
    last: int
    zone: Mask  # cells within `NEAR_KM` of its battles
    men: float = 0.0  # most that attacked in a turn
    dead: dict[int, int] = field(default_factory=lambda: {GOVERNMENT: 0, ISLAMIC_STATE: 0})
    early_dead: dict[int, int] = field(default_factory=lambda: {GOVERNMENT: 0, ISLAMIC_STATE: 0})  # within 48 h
    taken: int = 0  # of the government's men
    lost: dict[int, int] = field(default_factory=dict)  # cell → turn in which it was taken and not retaken since
    fought: set[int] = field(default_factory=set)  # cells attacked
    took: bool = False
    kept: bool = False  # a cell was held for more than 48 h


class Attacks(Measure):
    """The attacks on the enclave; the subclasses say what is counted of them."""

    def open(self) -> None:
        """No attack is under way."""
        theatre, campaign = self.campaign.theatre, self.campaign
        self.frame = self.box(ENCLAVE)
        self.day_turns = campaign.turns_per_day
        self.under_way: list[Attack] = []
        self.over: list[Attack] = []
        self.before = self.control.copy()
        self.fallen, self.captured = self.units["killed"].copy(), self.units["captured"].copy()
        rows, columns = np.divmod(np.arange(theatre.cells), theatre.width)
        self.rows, self.columns, self.reach = rows, columns, NEAR_KM / theatre.cell_km

    def around(self, cell: int) -> Mask:
        """Return the cells near a cell."""
        near: Mask = (self.rows - self.rows[cell]) ** 2 + (self.columns - self.columns[cell]) ** 2 <= self.reach**2
        return near

    def turn(self) -> None:
        """Add the turn's battles, dead and changes of hands to the attacks under way."""
        now = self.campaign.turn
        self.add_battles(now)
        self.add_dead(now)
        self.add_ground(now)
        quiet = [a for a in self.under_way if now - a.last > PAUSE_DAYS * self.day_turns and now > self.retake_by(a)]
        self.over += quiet
        self.under_way = [a for a in self.under_way if a not in quiet]
        self.before = self.control.copy()

    def retake_by(self, attack: Attack) -> int:
        """Return the turn by which everything that an attack took must be retaken."""
        return int(max(attack.lost.values(), default=attack.first) + RETAKE_DAYS * self.day_turns)

    def add_battles(self, now: int) -> None:
        """Put each battle into the attack it belongs to, or open one."""
        report = self.campaign.report[: self.campaign.battles]
        ours = (report["attacker"] == ISLAMIC_STATE) & (report["defender"] == GOVERNMENT) & self.frame[report["cell"]]
        men: dict[int, float] = {}
        for battle in report[ours]:
            cell = int(battle["cell"])
            attack = next((a for a in self.under_way if a.zone[cell] and now - a.last <= PAUSE_DAYS * self.day_turns), None)
            if attack is None:
                attack = Attack(now, now, self.around(cell))
                self.under_way.append(attack)
            attack.zone, attack.last = attack.zone | self.around(cell), now
            attack.fought.add(cell)
            men[id(attack)] = men.get(id(attack), 0.0) + float(battle["attack_men"])
            attack.men = max(attack.men, men[id(attack)])

    def add_dead(self, now: int) -> None:
        """Count the turn's dead and captured where they fell; who fell in two zones counts once."""
        fallen, captured = self.units["killed"].copy(), self.units["captured"].copy()
        fallen[: self.fallen.size] -= self.fallen
        captured[: self.captured.size] -= self.captured
        self.fallen, self.captured = self.units["killed"].copy(), self.units["captured"].copy()
        for attack in self.under_way:
            if now - attack.last > PAUSE_DAYS * self.day_turns:
                continue
            here = attack.zone[self.units["cell"]]
            for side in (GOVERNMENT, ISLAMIC_STATE):
                dead = int(fallen[here & (self.units["side"] == side)].sum())
                attack.dead[side] += dead
                attack.early_dead[side] += dead if now - attack.first < RETAKE_DAYS * self.day_turns else 0
            attack.taken += int(captured[here & (self.units["side"] == GOVERNMENT)].sum())
            fallen[here] = captured[here] = 0

    def add_ground(self, now: int) -> None:
        """Note cells taken and retaken: a post is taken when the attackers stand in it alone, all else when it changes hands."""
        men = self.campaign.layers.men
        alone = (men[ISLAMIC_STATE] > 0) & (men[GOVERNMENT] == 0)
        ours = self.frame & (self.before == GOVERNMENT)
        for attack in self.under_way:
            taken = attack.zone & ours & (self.control == ISLAMIC_STATE)
            posts = [cell for cell in attack.fought if ours[cell] and alone[cell]]
            for cell in {*np.flatnonzero(taken).tolist(), *posts}:
                attack.lost.setdefault(cell, now)
                attack.took = True
            back = [cell for cell in attack.lost if self.back(cell, theirs=bool(alone[cell]))]
            for cell in back:
                del attack.lost[cell]
            attack.kept |= any(now - then >= RETAKE_DAYS * self.day_turns for then in attack.lost.values())

    def back(self, cell: int, *, theirs: bool) -> bool:
        """Say whether a cell is the government's again: its ground without the attackers, or its men in it."""
        own_men = bool(self.campaign.layers.men[GOVERNMENT, cell] > 0)
        return own_men or (self.control[cell] == GOVERNMENT and not theirs)

    def raids(self) -> list[Attack]:
        """Return the finished attacks of at most 300 men that took ground."""
        return [attack for attack in self.over if attack.men <= RAID_MEN and attack.took]


class RaidsReversed(Attacks):
    """Share of the raids that took ground after which all of it was the government's again within 48 h."""

    def value(self) -> float | None:
        """Return the share; none where no raid took ground."""
        raids = self.raids()
        return float(np.mean([not raid.kept for raid in raids])) if raids else None


class RaidDead(Attacks):
    """Government killed in a raid that took ground: median of the raids, 48 h from its beginning."""

    def value(self) -> float | None:
        """Return the median; none where no raid took ground."""
        raids = self.raids()
        return float(np.median([raid.early_dead[GOVERNMENT] for raid in raids])) if raids else None


class RaidExchange(Attacks):
    """Men of the Islamic State killed for one of the government in raids that took ground, 48 h from the beginning."""

    def value(self) -> float | None:
        """Return the ratio; none where no raid took ground."""
        raids = self.raids()
        theirs, ours = (sum(raid.early_dead[side] for raid in raids) for side in (ISLAMIC_STATE, GOVERNMENT))
        return theirs / max(1, ours) if raids else None


class LesserAssaults(Attacks):
    """Attacks on the enclave with 20 government dead or more; those less than three days apart count as one.

    Of the men taken in an attack `exec_frac` are put to death in the days after it: they count among its dead.
    """

    least = LESSER

    def value(self) -> float:
        """Return how many there were."""
        merged: list[tuple[int, float]] = []  # last turn, dead
        for attack in sorted([*self.over, *self.under_way], key=lambda a: a.first):
            dead = attack.dead[GOVERNMENT] + self.campaign.rules.morale.exec_frac * attack.taken
            if merged and attack.first - merged[-1][0] < MERGE_DAYS * self.day_turns:
                merged[-1] = max(merged[-1][0], attack.last), merged[-1][1] + dead
            else:
                merged.append((attack.last, dead))
        return float(sum(dead >= self.least for _, dead in merged))


class MajorAssaults(LesserAssaults):
    """Attacks on the enclave with 100 government dead or more, merged as the lesser ones."""

    least = MAJOR


class SuicideAttacks(Measure):
    """Suicide attacks in the cells of the province in 30 days, by vehicle and on foot."""

    def open(self) -> None:
        """None yet."""
        degrees = (PROVINCE_WEST, -90.0, 180.0, PROVINCE_NORTH)
        self.province = self.box(degrees)
        self.vehicles: list[float] = []
        self.foot: list[float] = []
        self.told = 0
        self.today = [0.0, 0.0]

    def turn(self) -> None:
        """Count the vehicles sent and the men with belts."""
        for event in self.campaign.events:
            if event.kind is EventKind.SVBIED and event.cell >= 0 and self.province[event.cell]:
                self.today[0] += event.numbers.get("sent", 0.0)
        walked = self.campaign.walked_in
        self.today[1] += sum(bool(self.province[cell]) for _, cell in walked[self.told :])
        self.told = len(walked)

    def day(self) -> None:
        """Close a day."""
        if self.days > 0:
            self.vehicles.append(self.today[0])
            self.foot.append(self.today[1])
            self.today = [0.0, 0.0]
        self.days += 1

    def bins(self) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        """Return the attacks in whole months of 30 days."""
        daily = np.add(self.vehicles, self.foot)
        months = daily.size // MONTH
        return np.asarray(daily[: months * MONTH].reshape(months, MONTH).sum(axis=1))

    def value(self) -> float | None:
        """Return the attacks in 30 days."""
        return float(self.bins().mean())


class SuicideClusters(SuicideAttacks):
    """Variance / mean of the suicide attacks in bins of 30 days; none where there was none."""

    def value(self) -> float | None:
        """Return the ratio."""
        bins = self.bins()
        return float(bins.var(ddof=1) / bins.mean()) if bins.any() else None


class ByVehicle(SuicideAttacks):
    """Share of the suicide attacks made by vehicle; none where there was none."""

    def value(self) -> float | None:
        """Return the share."""
        both = sum(self.vehicles) + sum(self.foot)
        return sum(self.vehicles) / both if both else None
