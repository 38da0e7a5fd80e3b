"""The chronicle: what happened this turn, told in sentences."""

import numpy as np

from model.events import Event, EventKind
from model.ledger import Side
from model.rules import morale
from model.rules.battle_groups import REPORT
from model.state import State

REPORTED = REPORT.names or ()
CELL, ATTACK_LOST, DEFEND_LOST = (REPORTED.index(name) for name in ("cell", "attack_lost", "defend_lost"))
NUMBERS = ("attack_men", "defend_men", "attack_lost", "defend_lost", "ratio")


def _by_losses(row: tuple[float, ...]) -> tuple[float, float]:
    return -row[ATTACK_LOST] - row[DEFEND_LOST], row[CELL]


class Chronicle(State):
    """The part of a campaign that tells."""

    def tell(
        self, kind: EventKind, text: str, *, cell: int = -1, row: int = -1, side: int = 0, force: int = -1,
        weight: float = 0.3, numbers: dict[str, float] | None = None,
    ) -> None:  # fmt: skip
        """Write down an event. Give its cell, or the row of the unit it is about."""
        if row >= 0:
            unit = self.units[row]
            cell, side, force = int(unit["cell"]), int(unit["side"]), int(unit["force"])
        place = int(self.theatre.place_of_cell[cell]) if cell >= 0 else -1
        self.events.append(Event(self.turn, kind, text, cell, side, force, place, round(float(weight), 3), numbers or {}))

    def tell_of_battles(self) -> None:
        """Tell of the battles of the turn, in order of their losses."""
        if self.battles == 0:
            return
        bloody = [row for row in self.report[: self.battles].tolist() if row[ATTACK_LOST] + row[DEFEND_LOST]]
        for row in sorted(bloody, key=_by_losses):
            battle = dict(zip(REPORTED, row, strict=True))
            lost = battle["attack_lost"] + battle["defend_lost"]
            attacker, defender = SIDE_TITLE[battle["attacker"]].replace("the", "The", 1), SIDE_TITLE[battle["defender"]]
            text = (
                f"{attacker} ({battle['attack_men']:,.0f} men) attacks {defender} ({battle['defend_men']:,.0f}) at "
                f"{self.near(battle['cell'])}: {battle['attack_lost']} and {battle['defend_lost']} casualties."
            )
            numbers = {name: float(battle[name]) for name in NUMBERS}
            weight = min(0.9, 0.1 + lost / 120)
            self.tell(EventKind.FIGHTING, text, cell=battle["cell"], side=battle["attacker"], weight=weight, numbers=numbers)

    def tell_of_breaks(self) -> None:
        """Tell of units that broke this turn, one sentence for all that broke in a cell."""
        routed = np.flatnonzero(self.broke == 2)
        for cell in dict.fromkeys(int(c) for c in self.units["cell"][routed]):
            rows = routed[self.units["cell"][routed] == cell]
            men = int(self.units["men"][rows].sum())
            text = f"{rows.size} units break near {self.near(cell)}, {men:,} men, among them {self.name_of(int(rows[0]))}."
            if rows.size == 1:
                text = f"{self.name_of(int(rows[0]))} breaks near {self.near(cell)} ({men:,} men)."
            self.tell(EventKind.ROUT, text, row=int(rows[0]), weight=min(0.7, 0.2 + men / 300), numbers={"men": float(men)})

    def tell_of_crossing(self, index: int, text: str = "") -> None:
        """Tell that a crossing has fallen or stands again (in these words, if there are any)."""
        crossing = self.theatre.crossings[index]
        place = self.theatre.places[crossing.place]
        text = text or f"{place.name} {'can be crossed again' if self.intact[index] else 'is destroyed'}."
        self.tell(EventKind.CROSSING, text, cell=place.cell, weight=0.6)

    def name_of(self, row: int) -> str:
        """Return the name of a unit's formation."""
        return self.formations[int(self.units["formation"][row])].name

    def near(self, cell: int) -> str:
        """Return the name of the place nearest to a cell."""
        place = int(self.theatre.place_of_cell[cell]) if cell >= 0 else -1
        return self.theatre.places[place].name if place >= 0 else "the open field"

    def learn_of_fate(self, side: int, victims: int) -> None:
        """Let a side hear what became of its prisoners and its people (see `morale.learn`)."""
        if victims > 0:
            morale.learn(self.fate, self.units, side, float(victims), self.rules.morale)


SIDE_TITLE = {
    int(Side.NOBODY): "nobody",
    int(Side.GOVERNMENT): "the government",
    int(Side.ISLAMIC_STATE): "the Islamic State",
    int(Side.SDF): "the SDF",
    int(Side.PESHMERGA): "the Peshmerga",
}
