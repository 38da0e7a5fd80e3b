"""Commanders: Mesa agents who look at their picture of the war and give orders to their own units."""

from collections.abc import Hashable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from agents.personal import personal
from agents.picture import Contacts, picture_of
from agents.plans import AxisPlan
from agents.proposal import Proposal
from agents.record import reason_for
from agents.staff.odds import Mask, Rows
from agents.staff.ring import SENT
from agents.staff.roll import roll_of
from agents.tactics import TACTICS
from model import orders
from model.arrays import Ints
from model.arrays import Rows as Ledger
from model.compiled import law
from model.ledger import Side
from model.scenario import Axis, Doctrine

if TYPE_CHECKING:
    from model.campaign import Campaign


AT_ONCE = frozenset({"counter_attack", "mass_and_assault"})
"""Tactics that are asked every turn, not in the morning alone."""
RING = frozenset({"man_the_ring", "win_back"})
"""Tactics that ask who has his post where."""


class Commander(mesa.Agent):
    """Who commands a force: runs the tactics of a doctrine, in their order of rank, once a day.

    Attributes
    ----------
    name
        Name of the command; units carry its index.
    side
        Whose contact picture he reads.
    memory
        What his tactics remember from day to day.
    policy
        The policy of the rulebook, with the figures of the person who leads.
    """

    model: "Campaign"
    side: Side = Side.NOBODY
    flies = False  # commands aircraft, not units

    def __init__(self, model: "Campaign", name: str, doctrine: Doctrine) -> None:
        super().__init__(model)
        self.name = name
        self.campaign = model  # the campaign he fights in
        self.doctrine = doctrine
        self.memory: dict[str, Any] = {}
        self.policy = personal(model.rules.policy, model.situation.commanders.get(doctrine.led_by or ""))
        self.contacts: Contacts
        self.posts_at_dawn: Ints  # of every unit; what colleagues order today is heard tomorrow
        self.sent_at_dawn: dict[int, tuple[int, int]] = {}  # who is on his way to a post: row → cell and day
        self.minds_the_ring = bool(RING & set(doctrine.tactics))
        self.announced: dict[str, AxisPlan] = {}
        self._rows: Rows = np.zeros(0, dtype=np.int64)
        self._rows_of_turn = -1
        self._cells: dict[str, int] = {}
        self._masks: dict[tuple[str, ...], Mask] = {}
        self._side_name = self.side.name.lower()
        self.index = model.command_index[name]
        self._urgent = tuple(tactic for tactic in doctrine.tactics if tactic in AT_ONCE)
        self._figures = {key: float(value) for key, value in doctrine.settings.items() if not isinstance(value, str)}
        self._decided: dict[tuple[str, str], Hashable] = {}  # (tactic, topic) → what was decided last

    @cached_property
    def colleagues(self) -> list["Commander"]:
        """The commanders of his side, himself among them; nobody is made one or relieved in a campaign."""
        return [other for other in self.model.commanders if isinstance(other, Commander) and other.side == self.side]

    @property
    def rows(self) -> Rows:
        """The rows of his units in the field (nobody dies while commanders decide)."""
        turn = self.campaign.turn
        if self._rows_of_turn != turn:
            self._rows = roll_of(self.campaign).of(self.index)
            self._rows_of_turn = turn
        return self._rows

    def setting(self, name: str, default: float) -> float:
        """Return a number of his doctrine; a setting like `policy.pal_garrison` is that parameter of the rulebook."""
        figure = self._figures.get(name)
        if figure is not None:
            return figure
        value = self.doctrine.settings.get(name, default)
        if isinstance(value, str):
            group, _, parameter = value.partition(".")
            value = getattr(self.policy if group == "policy" else getattr(self.model.rules, group), parameter)
        return float(value)

    def cell_of(self, place: str) -> int:
        """Return the cell of a place, looked up on the map once."""
        if place not in self._cells:
            self._cells[place] = self.model.cell_of_place(place)
        return self._cells[place]

    def look(self) -> None:
        """Take in the picture each morning, and let colleagues know what was planned until yesterday."""
        if self.campaign.morning:
            self.contacts = picture_of(self.campaign, int(self.side))
            if self.minds_the_ring:
                self.posts_at_dawn = self.campaign.units["home"].copy()
                self.sent_at_dawn = dict(self.memory.get(SENT, {}))
            marches = self.memory.get("marches", {})
            self.announced = {name: march.plan(self.effort(name)) for name, march in marches.items()}

    def look_again(self) -> None:
        """Take in the picture of the hour."""
        if not self.model.morning:
            self.contacts = picture_of(self.model, int(self.side))

    def effort(self, axis: str) -> float:
        """Return the effort he gives an axis: what his tactics have settled, else what his doctrine says."""
        settled: float = self.memory.get("effort", {}).get(axis, self.doctrine.axes[axis].effort)
        return settled

    def opened(self, axis: Axis) -> bool:
        """Say whether he thinks of an axis yet: its forerunner, if it has one, has reached its objective."""
        before = self.memory.get("marches", {}).get(axis.after)
        return axis.after is None or (before is not None and before.done)

    def decide(self) -> None:
        """Think each morning; in between the units carry on as ordered, but for what cannot wait."""
        tactics = self.doctrine.tactics if self.campaign.morning else self._urgent
        if not tactics or (not self.flies and self.rows.size == 0):
            return
        for tactic in tactics:
            self.follow(tactic)

    def follow(self, tactic: str) -> None:
        """Give the orders that one tactic proposes."""
        for proposal in TACTICS[tactic](self):
            self.give(tactic, proposal)

    def give(self, tactic: str, proposal: Proposal) -> None:
        """Carry out a proposal, and record why if it changes anything."""
        p, men = proposal, 0
        if p.act is not None:
            p.act()
            decided = tactic, p.topic
            changed = self._decided.get(decided) != p.stands
            self._decided[decided] = p.stands
            men = int(self.model.units["men"][p.rows].sum()) if changed and p.rows.size else 0
        elif p.rows.size:
            men = orders.give(self.model.units, p.rows, int(p.order), int(p.goal), int(p.until), int(p.post))
            if p.by is not None:
                orders.lead(self.model.units, p.rows, p.by)
            changed = men >= 0
        else:
            return
        if changed:
            self.model.reasons.append(reason_for(self, tactic, p.in_words(), men))

    def rows_in(self, sectors: tuple[str, ...]) -> Rows:
        """Return his units that are counted to these sectors."""
        return of_sectors(self.model.units, self.rows, self.wanted(sectors))

    def wanted(self, sectors: tuple[str, ...]) -> Mask:
        """Return a mask of sectors by number; made again only when the campaign has got new ones."""
        index = self.model.sector_index
        wanted = self._masks.get(sectors)
        if wanted is None or wanted.size != len(index):
            wanted = self._masks[sectors] = np.zeros(len(index), dtype=np.bool_)
            wanted[[index[self._side_name, name] for name in sectors if (self._side_name, name) in index]] = True
        return wanted


@law
def of_sectors(units: Ledger, rows: Rows, wanted: Mask) -> Rows:
    """Return those of some units that are counted to one of the wanted sectors."""
    found = np.empty(rows.shape[0], dtype=np.int64)
    many = 0
    for k in range(rows.shape[0]):
        if wanted[units[rows[k]].sector]:
            found[many] = rows[k]
            many += 1
    return found[:many]
