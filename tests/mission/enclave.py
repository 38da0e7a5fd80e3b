"""Proximal outcomes of the siege: ground, posts, breaks, attackers, the city front, what is known of the enemy."""

import numpy as np

from model.events import EventKind
from model.ledger import Ground
from model.order_of_battle import QUALITIES
from tests.mission.measuring import GOVERNMENT, ISLAMIC_STATE, Measure

NDF = QUALITIES.index("ndf")
PAUSE_DAYS = 2
"""Days out of battle after which a unit that attacks is committed anew."""
SECTOR_KM = 4.0
"""Ground within this distance of the runway is the airport's sector."""
NEAR_KM = 15.0
GROUP_MEN = 100


class LostArea(Measure):
    """Lost area of the enclave, km² · days: the sum over days of what it held on the first less what it holds."""

    def open(self) -> None:
        """Note the first day's area."""
        self.cells = self.ground()
        self.first, self.sum = self.owned(self.cells, GOVERNMENT), 0.0

    def ground(self) -> np.ndarray:
        """Return the cells that count."""
        return self.campaign.siege.box_cells

    def day(self) -> None:
        """Add a day."""
        self.sum += (self.first - self.owned(self.cells, GOVERNMENT)) * self.cell_km2

    def value(self) -> float:
        """Return the sum."""
        return self.sum


class LostAirportSector(LostArea):
    """Lost area within `SECTOR_KM` of the runway, km² · days."""

    def ground(self) -> np.ndarray:
        """Return the airport's sector."""
        cells = self.campaign.siege.box_cells
        return cells[self.km_to(cells, np.array([self.campaign.airport_cell])) <= SECTOR_KM]


class KilledPerVehicle(Measure):
    """Enemies killed in ground combat and pursuit in the frame of the siege / (government vehicles lost there + 1)."""

    def open(self) -> None:
        """Count vehicles."""
        self.killed, self.lost = 0, 0
        self.before = self.vehicles()

    def vehicles(self) -> np.ndarray:
        """Return each unit's tanks, carriers and pickups."""
        return sum(self.units[kind].astype(np.int64) for kind in ("tank", "ifv", "tech"))

    def turn(self) -> None:
        """Count the dead of the turn's battles, and vehicles gone."""
        report = self.campaign.report[: self.campaign.battles]
        report = report[self.campaign.in_box[report["cell"]] == 1]
        theirs = (report["attacker"] == ISLAMIC_STATE) & (report["defender"] == GOVERNMENT)
        ours = (report["attacker"] == GOVERNMENT) & (report["defender"] == ISLAMIC_STATE)
        self.killed += int(report["attack_killed"][theirs].sum() + report["defend_killed"][ours].sum())
        for event in self.campaign.events:
            if event.kind == EventKind.ROUT and event.side == ISLAMIC_STATE and self.campaign.in_box[event.cell] == 1:
                self.killed += int(event.numbers.get("killed", 0.0))
        now = self.vehicles()
        gone = self.before - now[: self.before.size]
        mine = (self.units["side"] == GOVERNMENT)[: self.before.size] & self.in_frame()[: self.before.size]
        self.lost += int(gone[mine & (gone > 0)].sum())
        self.before = now

    def value(self) -> float:
        """Return the ratio."""
        return self.killed / (self.lost + 1)


class Breaks(Measure):
    """Breaks of NDF units per 100 unit-days under assault."""

    def open(self) -> None:
        """Start at nothing."""
        self.broke = self.assaulted = 0.0

    def turn(self) -> None:
        """Count breaks and units that defend."""
        ndf = self.units["quality"] == NDF
        self.broke += float(((self.campaign.broke > 0) & ndf).sum())
        self.assaulted += float(((self.units["engaged"] == 2) & ndf).sum()) * self.campaign.days_per_turn

    def value(self) -> float:
        """Return breaks per 100 unit-days, 0 if nobody was assaulted."""
        return 100.0 * self.broke / self.assaulted if self.assaulted else 0.0


class FirstBreak(Measure):
    """Mean casualty share at which units of the NDF first break, 1 for those that never do."""

    def open(self) -> None:
        """Take down who there is."""
        self.rows = np.flatnonzero((self.units["quality"] == NDF) & (self.units["alive"] == 1))
        self.share = np.ones(self.rows.size)

    def turn(self) -> None:
        """Note the casualties of those who broke for the first time."""
        for k in np.flatnonzero((self.campaign.broke[self.rows] > 0) & (self.share == 1.0)):
            one = self.units[self.rows[k]]
            self.share[k] = min(1.0, (one["killed"] + one["wounded"]) / max(1, one["men0"]))

    def value(self) -> float:
        """Return the mean."""
        return float(self.share.mean()) if self.rows.size else 1.0


class Committed(Measure):
    """Men of the Islamic State committed to attacks on the enclave: each unit counts anew after a pause."""

    def open(self) -> None:
        """Nobody has attacked yet."""
        self.last = np.full(self.units.shape[0], -(10**6))
        self.men = 0.0
        self.man_days = 0.0

    def turn(self) -> None:
        """Count who attacks in the frame."""
        self.last = np.append(self.last, np.full(self.units.shape[0] - self.last.size, -(10**6)))
        attacks = (self.units["engaged"] == 1) & (self.units["side"] == ISLAMIC_STATE) & self.in_frame()
        now = self.campaign.turn
        fresh = attacks & (now - self.last > PAUSE_DAYS * self.campaign.turns_per_day)
        self.men += float(self.units["men"][fresh].sum())
        self.man_days += float(self.units["men"][attacks].sum()) * self.campaign.days_per_turn
        self.last[attacks] = now


class PostsLost(Committed):
    """Support-point cells lost per 1,000 attackers committed; a support point is a cell that garrison units have as post.

    Ground that has become nobody's counts to who held it last, as places do: until 23 November 2026 a post was lost only if it
    was the government's one morning and the enemy's the next, and three of four that fell were not counted, since for some days
    between they were nobody's.
    """

    def open(self) -> None:
        """Mark the posts."""
        super().open()
        self.posts = np.zeros(self.campaign.theatre.cells, dtype=bool)
        self.lost, self.before = 0, self.campaign.layers.control.copy()
        self.mark()

    def mark(self) -> None:
        """Mark the posts of the garrison on its own ground, and note whose every cell is."""
        mine = (self.units["besieged"] == 1) & self.mine(GOVERNMENT)
        self.posts[self.units["home"][mine]] = True
        control = self.campaign.layers.control
        self.before = np.where(control == 0, self.before, control)

    def day(self) -> None:
        """Count posts that were last the government's and are the enemy's today."""
        control = self.campaign.layers.control
        self.lost += int((self.posts & (self.before == GOVERNMENT) & (control == ISLAMIC_STATE)).sum())
        self.mark()

    def value(self) -> float:
        """Return the cells per 1,000 men."""
        return 1000.0 * self.lost / self.men if self.men else 0.0


class AttackerDays(Committed):
    """Attacker-days of the Islamic State against the enclave, man-days."""

    def value(self) -> float:
        """Return the man-days."""
        return self.man_days


class Retaken(Measure):
    """Share of the cells taken from the enclave that are the government's at the end (0 if none was taken)."""

    def open(self) -> None:
        """Note whose the ground is."""
        box = self.campaign.siege.box_cells
        self.mine = box[self.campaign.layers.control[box] == GOVERNMENT]
        self.taken = np.zeros(self.mine.size, dtype=bool)

    def turn(self) -> None:
        """Note what was taken."""
        self.taken |= self.campaign.layers.control[self.mine] == ISLAMIC_STATE

    def value(self) -> float:
        """Return the share."""
        back = self.campaign.layers.control[self.mine] == GOVERNMENT
        return float((back & self.taken).sum() / self.taken.sum()) if self.taken.any() else 0.0


class CityFront(Measure):
    """Mean displacement of the city front, km: built-up area that changed hands / length of the front on the first day."""

    def open(self) -> None:
        """Measure the front."""
        theatre, control = self.campaign.theatre, self.campaign.layers.control
        self.town = np.flatnonzero((self.campaign.in_box == 1) & (theatre.ground == Ground.URBAN))
        self.first = control[self.town] == GOVERNMENT
        urban = np.zeros(theatre.cells, dtype=bool)
        urban[self.town] = True
        edges = 0
        for step in (1, theatre.width):
            there = self.town[urban[self.town + step]] + step
            here = there - step
            one, other = control[here], control[there]
            edges += int(((one == GOVERNMENT) & (other == ISLAMIC_STATE)).sum())
            edges += int(((one == ISLAMIC_STATE) & (other == GOVERNMENT)).sum())
        self.front_km = max(1, edges) * theatre.cell_km

    def value(self) -> float:
        """Return the displacement between the first day and the last."""
        changed = (self.campaign.layers.control[self.town] == GOVERNMENT) != self.first
        return float(changed.sum()) * self.cell_km2 / self.front_km


class GroupsKnown(Measure):
    """Share of the enemy's groups of 100 men and more within 15 km of the enclave that the army holds as contacts."""

    def open(self) -> None:
        """Look at nothing yet."""
        self.shares: list[float] = []
        self.weeks = np.zeros(self.campaign.theatre.cells, dtype=bool)

    def day(self) -> None:
        """Compare the contact picture with the truth."""
        campaign, units = self.campaign, self.units
        own = campaign.siege.box_cells[campaign.layers.control[campaign.siege.box_cells] == GOVERNMENT]
        men = np.zeros(campaign.theatre.cells)
        theirs = self.mine(ISLAMIC_STATE)
        np.add.at(men, units["cell"][theirs], units["men"][theirs])
        groups = np.flatnonzero(men >= GROUP_MEN)
        if groups.size == 0 or own.size == 0:
            return
        groups = groups[self.km_to(groups, own) <= NEAR_KM]
        if groups.size == 0:
            return
        since = campaign.turn - int(campaign.rules.intel.intel_age * campaign.turns_per_day)
        seen = campaign.seen[GOVERNMENT]
        known = np.unique(units["cell"][theirs & (seen["turn"] >= max(0, since)) & (seen["men"] > 0)])
        self.shares.append(float(np.isin(groups, known).mean()))

    def value(self) -> float:
        """Return the mean over days."""
        return float(np.mean(self.shares)) if self.shares else 0.0
