"""The same war as an ordinary Mesa model: objects, dictionaries and loops, for movement and attrition alone.

It is written from the text of the laws, not from their code, and serves as an oracle and as the yardstick of speed. It is
given the campaign's dice and routes, so that both must agree to the man.
"""

import math

import mesa

from tests.twin.battle import Battles

ROUND = (1.0, 2.0**0.5)
ENEMIES = {(1, 2), (2, 1), (2, 3), (3, 2), (2, 4), (4, 2)}


class Fighter(mesa.Agent):
    """A unit as an object."""

    def __init__(self, model, row):
        super().__init__(model)
        self.row = row
        unit = model.twin_of.units[row]
        for name in unit.dtype.names:
            setattr(self, name, unit[name].item())
        self.stopped = False
        self.wish = None

    @property
    def routed(self):
        return self.state == 2

    def hates(self, side):
        return (self.side, side) in ENEMIES


class OrdinaryWar(Battles, mesa.Model):
    """Movement of a campaign, played by objects; its battles stand in a file of their own."""

    def __init__(self, campaign):
        super().__init__(rng=campaign.seed)
        self.twin_of = campaign
        self.rules = campaign.rules
        self.width, self.cell_km = campaign.theatre.width, campaign.theatre.cell_km
        self.fighters = [Fighter(self, row) for row in range(campaign.rows) if campaign.units["alive"][row]]

    def living(self):
        return [f for f in self.fighters if f.alive]

    def standing(self):
        """Return men who hold their ground, by (side, cell)."""
        men = {}
        for f in self.living():
            if not f.routed:
                men[f.side, f.cell] = men.get((f.side, f.cell), 0) + f.men
        return men

    def held_against(self, fighter, cell, men):
        return any(number > 0 and place == cell and fighter.hates(side) for (side, place), number in men.items() if place == cell)

    def distance(self, a, b):
        return math.hypot(a // self.width - b // self.width, a % self.width - b % self.width) * self.cell_km

    def zone_km(self, cell):
        move = self.rules.move
        dark = self.twin_of.night or self.twin_of.weather.storm
        day = move.zoc_night_km if dark else move.zoc_day_km
        return min(day, move.zoc_urban_km) if self.twin_of.layers.urban_like[cell] else day

    def zones(self):
        """Return the cells in the zones of control of each side."""
        zone = {}
        for f in self.living():
            if f.state != 0 or f.men < 20:
                continue
            span = self.zone_km(f.cell) / self.cell_km + 0.5
            for dr in range(-int(span) - 1, int(span) + 2):
                for dc in range(-int(span) - 1, int(span) + 2):
                    if dr * dr + dc * dc <= span * span:
                        zone.setdefault(f.side, set()).add(f.cell + dr * self.width + dc)
        return zone

    def step_hours(self, fighter, a, d):
        hours = self.twin_of.hours_per_km[fighter.mode]
        return self.cell_km * ROUND[d % 2] * 0.5 * (hours[a] + hours[a + int(self.twin_of.theatre.offsets[d])])

    def pace(self, fighter):
        move, night = self.rules.move, self.twin_of.night
        if fighter.mode == 0:
            speed = move.night_foot if night else 1.0
        elif fighter.side == 2:
            speed = move.night_is if night else 1.0
        else:
            speed = move.night_veh if night else 1.0
        return speed * (move.storm_march if self.twin_of.weather.storm else 1.0)

    def direction(self, fighter):
        d = int(self.twin_of.fields.way[fighter.field, fighter.cell]) if fighter.field >= 0 else -1
        return d if 0 <= d <= 7 else None

    def march(self):
        zone = self.zones()
        steps = int(self.rules.time.micro_steps)
        step_h = self.twin_of.situation.turn_h / steps
        for f in self.living():
            f.stopped = False
        for _ in range(steps):
            men = self.standing()
            for f in self.living():
                self.spend_time(f, step_h, men)
            self.grant(men, zone)

    def spend_time(self, f, step_h, men):
        f.wish = None
        moves = f.goal >= 0 and f.goal != f.cell and f.field >= 0 and f.state != 3 and (f.routed or f.order != 0)
        d = self.direction(f) if moves and not f.stopped else None
        if d is None:
            return
        if d != f.heading:
            f.heading, f.x = d, 0.0
        there = f.cell + int(self.twin_of.theatre.offsets[d])
        if self.held_against(f, there, men):
            f.x = 0.0
            return
        speed = self.pace(f) * (self.rules.morale.rout_speed if f.routed else 1.0)
        f.x += step_h * speed / self.step_hours(f, f.cell, d)
        if f.x >= 1.0:
            f.wish = there

    def grant(self, men, zone):
        while any(f.wish is not None for f in self.living()):
            wishing = [f for f in self.living() if f.wish is not None]
            claims = {}
            for f in wishing:
                if not f.routed:
                    claims[f.side, f.wish] = claims.get((f.side, f.wish), 0) + f.men
            granted = [f for f in wishing if self.may_enter(f, men, claims)]
            for f in wishing:
                if f not in granted:
                    f.x, f.wish = 0.0, None
            for f in granted:
                self.enter(f, zone)
            men = self.standing()

    def may_enter(self, f, men, claims):
        """Say whether no enemy stands there, and fewer of them wish to enter than friends."""
        against = sum(number for (side, cell), number in claims.items() if cell == f.wish and f.hates(side))
        return not self.held_against(f, f.wish, men) and (against == 0 or claims.get((f.side, f.wish), 0) > against)

    def enter(self, f, zone):
        before, f.cell, f.wish = f.cell, f.wish, None
        f.x -= 1.0
        old = self.step_hours(f, before, f.heading)
        d = None if f.cell == f.goal else self.direction(f)
        if d is None:
            f.x, f.heading = 0.0, -1
            return
        f.x, f.heading = f.x * old / self.step_hours(f, f.cell, d), d
        if not f.routed and any(f.cell in cells for side, cells in zone.items() if f.hates(side)):
            f.x, f.stopped = 0.0, True
        elif f.x >= 1.0:
            f.wish = f.cell + int(self.twin_of.theatre.offsets[d])
