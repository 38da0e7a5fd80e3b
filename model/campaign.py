"""The campaign: a Mesa model of one run. What happens in a turn stands in `model/turn.py`, what is true in `model/state.py`."""

import hashlib
from collections.abc import Callable, Sequence
from itertools import count

import mesa
import numpy as np

from model import turn
from model.account.frame import Frame, Opening
from model.account.picture_of_turn import crossings_now, enclave_now, forces_now, frame_units, opening_of
from model.account.theatre_now import TheatreNow, look_at_fog, theatre_now
from model.arrays import Layer
from model.ledger import SIDES, Kind
from model.map.theatre import Theatre
from model.order_of_battle import muster_all
from model.roster import Roster
from model.rules import power, raids, siege, sighting, supply, svbied
from model.scenario import Scenario
from model.state import Commander

Muster = Callable[["Campaign"], Sequence[Commander]]


class Campaign(Roster, mesa.Model):
    """One run of a scenario. Its commanders come from outside.

    Parameters
    ----------
    situation
        The scenario.
    theatre
        The map it is played on.
    seed
        Root of all chance.
    commands
        Names of the commanders, in order; a unit's `command` is an index into it.
    muster
        Called once with the campaign; returns the commanders.
    """

    def __init__(
        self, situation: Scenario, theatre: Theatre, seed: int, commands: Sequence[str] = (), muster: Muster | None = None
    ) -> None:
        mesa.Model.__init__(self, rng=seed)
        self.agent_numbers = count(1)  # Mesa's unique ids, kept here so that Mesa does not keep the campaign
        self.datacollector: mesa.DataCollector | None = None
        self.collects_each_turn = False  # as mesa.batch_run wants it; else each morning
        self.open(situation, theatre, seed, commands)
        muster_all(self)
        self.known_arms = power.armed(self.units, self.rules.combat.row, SIDES, len(Kind))  # the first day's order of battle
        svbied.stock_up(self)
        raids.implant(self)
        sighting.know_at_start(self)
        supply.trace(self)
        siege.encircle(self)
        self._measure()
        self.commanders = list(muster(self)) if muster else []

    def _measure(self) -> None:
        """Measure the ground of every side and the theatre as a whole, once a day."""
        look_at_fog(self)
        self.layers.tiles.follow(self.layers.control)
        self.area_km2[:] = self.layers.tiles.area * self.theatre.cell_km**2

    def _theatre_today(self) -> TheatreNow:
        """Return the theatre as of this morning or of the enclave's fall, looked at only if anyone asks."""
        if self.theatre_seen[0] != self.day or self.theatre_seen[1].cause_of_fall != (self.siege_log.cause or ""):
            self.theatre_seen = (self.day, theatre_now(self))
        return self.theatre_seen[1]

    def step(self) -> None:
        """Play one turn (Mesa's name for it)."""
        if self.over:
            return
        self.events.clear()
        self.reasons.clear()
        self.chance.turn = self.turn
        self.zones = self._zones[1 if self.night or self.weather.storm else 0]
        turn.play(self)
        self.tell_of_battles()
        self.turn += 1
        if self.morning:
            self._measure()
        self.yesterday = tuple(self.events)
        self.over = "fall" in self.milestones or self.turn >= self.turns_planned
        self.running = not self.over
        if self.datacollector is not None and (self.morning or self.collects_each_turn):
            self.datacollector.collect(self)

    def opening(self) -> Opening:
        """Return what a viewer must know before the first frame."""
        return opening_of(self)

    def frame(self) -> Frame:
        """Return what can be seen of the world now; looking changes nothing."""
        return Frame(
            turn=self.turn, day=self.turn * self.days_per_turn, when=self.when, units=frame_units(self),
            control=_frozen(self.layers.control), crossings=crossings_now(self),
            weather=self.weather.kind, wind=float(self.weather.wind), forces=forces_now(self), enclave=enclave_now(self),
            milestones=dict(self.milestones), events=self.yesterday, over=self.over,
            quarters=self.enclave.quarters.now() if self.enclave else (),
            manpower=self.enclave.manpower.now() if self.enclave else {},
            theatre=self._theatre_today(),
        )  # fmt: skip

    def digest(self) -> str:
        """Return sha256 of the state: ledger, contacts, control and works, wards, crossings, stores."""
        digest = hashlib.sha256()
        layers, units = self.layers, np.frombuffer(bytearray(self.units.tobytes()), self.units.dtype)  # a copy to the last byte
        units["field"] = self.fields.named(units["field"])
        for part in (
            units,
            self.seen,
            layers.control,
            layers.held_h,
            layers.fort,
            layers.rubble,
            self.hospital,
            self.intact,
        ):
            digest.update(np.ascontiguousarray(part).tobytes())
        digest.update(repr((self.turn, self.weather, self.svbieds, sorted(self.milestones.items()))).encode())
        if self.enclave is not None:
            e = self.enclave
            stores = [float(v) for v in (e.civilians, e.food, e.grain, e.ammo, e.dead_hunger, e.lift.recovered, e.lift.enemy)]
            digest.update(repr(stores).encode() + e.bodies.tobytes() + e.quarters.people.tobytes() + e.manpower.flows.tobytes())
        return digest.hexdigest()


def _frozen(layer: Layer) -> Layer:
    copy = layer.copy()
    copy.flags.writeable = False
    return copy
