"""The same war as an ordinary Mesa model: objects, dictionaries and loops, for movement and attrition alone.

It is written from the text of the laws, not from their code, and serves as an oracle and as the yardstick of speed. It is
given the campaign's dice and routes, so that both must agree to the man.
"""

import math
from itertools import pairwise

import mesa

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


class OrdinaryWar(mesa.Model):
    """Movement and attrition of a campaign, played by objects."""

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

    # -- movement ------------------------------------------------------------------------------------------------------

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

    # -- attrition -----------------------------------------------------------------------------------------------------

    def groups(self):
        """Return the battle groups: cell -> (attackers, defenders)."""
        men = self.standing()
        aims = {}
        attackers = [f for f in self.living() if not f.routed and f.order in (2, 3) and f.goal >= 0]
        for f in attackers:
            d = self.direction(f)
            if d is not None and self.held_against(f, f.cell + int(self.twin_of.theatre.offsets[d]), men):
                aims[f] = f.cell + int(self.twin_of.theatre.offsets[d])
        sides = {}
        for f, cell in aims.items():
            sides.setdefault(cell, set()).add(f.side)
        for f in attackers:
            near = f.goal != f.cell and self.distance(f.cell, f.goal) <= self.rules.combat.bg_radius_km
            if f not in aims and f.side in sides.get(f.goal, ()) and near:
                aims[f] = f.goal
        defenders = {f: f.cell for f in self.living() if self.defends(f, aims.get(f), sides, men)}
        cells = set(aims.values())
        return {
            cell: (
                [f for f in attackers if aims.get(f) == cell and f not in defenders],
                [f for f, where in defenders.items() if where == cell],
            )
            for cell in cells
        }

    def defends(self, f, aim, sides, men):
        """Say whether a unit stands on the defence: its cell is attacked, and it does not attack with more men than it meets."""
        if f.routed or not any(f.hates(side) for side in sides.get(f.cell, ())):
            return False
        if aim is None:
            return True
        own = men.get((f.side, f.cell), 0)
        ahead = sum(number for (side, cell), number in men.items() if cell == aim and f.hates(side))
        return own < ahead or (own == ahead and (f.cell < aim) == self.twin_of.lower_stands)

    def power(self, f, ground):
        combat, tables = self.rules.combat, self.twin_of.tables
        armour, bonus = f.tank * combat.w_tank + f.ifv * combat.w_ifv, 1.0
        if f.tank + f.ifv > 0:
            screened = f.men >= combat.inf_per_tank * f.tank
            if not screened and (ground == 5 or self.twin_of.night):
                armour *= combat.tank_bare
            elif screened and ground != 5:
                bonus = combat.arms_bonus
        rifles = (f.men * combat.w_rifle + f.tech * combat.w_tech) * tables.rifle[ground]
        state = {0: 1.0, 1: self.rules.morale.shaken_pow, 2: self.rules.morale.rout_pow, 3: combat.surr_pow}[f.state]
        worn = (1.0 - combat.fat_pow * f.fatigue) * (1.0 - combat.sup_pow * f.sup)
        return f.cev * state * worn * self.ammunition(f) * (rifles + armour * tables.tank[ground]) * bonus

    def ammunition(self, f):
        combat = self.rules.combat
        points = [(0.0, 0.1), (0.1, combat.supply_s10), (0.2, combat.supply_s20), (0.3, combat.supply_s30)]
        points += [(0.5, combat.supply_s50), (1.0, combat.supply_s100)]
        share = min(1.0, f.ammo)
        for (low, at_low), (high, at_high) in pairwise(points):
            if share <= high:
                return at_low + (at_high - at_low) * (share - low) / (high - low)
        return combat.supply_s100

    def fight(self):
        """Fight every battle; return expected losses by row (before chance), (attackers, defenders) by cell."""
        groups = sorted(self.groups().items())
        return {cell: self.battle(cell, *group) for cell, group in groups if all(group)}

    def battle(self, cell, attackers, defenders):
        combat, tables = self.rules.combat, self.twin_of.tables
        ground = int(self.twin_of.theatre.ground[cell])
        a_men, d_men = sum(f.men for f in attackers), sum(f.men for f in defenders)
        a_power = sum(self.power(f, ground) * tables.defence[f.posture] * self.twin_of.surprise[f.row] for f in attackers)
        works = self.twin_of.layers.fort[cell]
        d_power = 0.0
        for f in defenders:
            level = min(works, f.fort) if f.fort > 0 else 0
            gain = max(tables.defence[f.posture], tables.defence[2 + level - 1]) if level else tables.defence[f.posture]
            d_power += self.power(f, ground) * gain
        front = combat.frontage * max(1.0, self.cell_km)
        room = max(front, min(front * self.open_sides(cell, attackers[0]), combat.front_mass * d_men))
        committed = min(1.0, room / a_men)
        a_power, d_power = a_power * committed, d_power * tables.ground_defence[ground]
        probing = all(f.order == 3 for f in attackers)
        rate = combat.attr_k * tables.ground_losses[ground] * (combat.int_probe if probing else combat.int_assault)
        rate *= combat.storm_cas if self.twin_of.weather.storm else 1.0
        a_open = sum(f.men * tables.exposure[f.posture] for f in attackers) / a_men
        d_open = sum(f.men * tables.exposure[f.posture] for f in defenders) / d_men
        hours = float(self.twin_of.situation.turn_h)
        if any(f.state != 3 for f in defenders):
            mechanised = any(f.tank + f.ifv > 0 for f in attackers)
            dug_in = max(1, *(min(f.fort, works) for f in defenders))
            hours = min(hours, self.hours_to_overrun(cell, a_power / d_power, dug_in, mechanised))
        return self.exchange(a_men * committed, d_men, a_power, d_power, rate * a_open, rate * d_open, hours)

    def open_sides(self, cell, attacker):
        """Return from how many of its four sides a cell can be attacked."""
        theatre, men = self.twin_of.theatre, self.standing()
        held = [self.held_against(attacker, cell + int(theatre.offsets[d]), men) for d in range(8)]
        free = [d for d in (0, 2, 4, 6) if theatre.steps[cell] >> d & 1 and not (held[d - 1] or held[d] or held[d + 1])]
        return max(1.0, min(self.rules.combat.front_sides, len(free)))

    def hours_to_overrun(self, cell, ratio, works, mechanised):
        """Return the hours after which the defenders of a cell must give it up: what is left of it over Dupuy's km a day."""
        move = self.rules.move
        row = f"adv_{('hasty', 'prepared', 'fortified')[works - 1]}_{'mech' if mechanised else 'foot'}_"
        ratios = [1.0, 1.26, 1.46, 1.76, 2.26, 3.0, 4.3, 6.0]
        paces = [getattr(move, f"{row}{round(100 * r)}") for r in ratios]
        if ratio < 1.0:
            return math.inf
        pace = paces[-1]
        for (low, at_low), (high, at_high) in pairwise(zip(ratios, paces, strict=True)):
            if low <= ratio < high:
                pace = at_low + (at_high - at_low) * (ratio - low) / (high - low)
        ground, deep = int(self.twin_of.theatre.ground[cell]), self.cell_km
        if ground == 5:
            low = self.twin_of.theatre.places[self.twin_of.theatre.place_of_cell[cell]].kind in ("town", "village")
            pace, deep = pace * (move.adv_urban if low else move.contested_block), deep * self.rules.combat.blocks_cell
        else:
            kinds = ("desert", "valley", "rolling", "rugged", "dunes_foot")
            pace *= getattr(move, f"adv_{kinds[ground]}")
        taken = self.twin_of.layers.breach[cell] if self.twin_of.layers.breach_turn[cell] >= self.twin_of.turn - 1 else 0.0
        return 24.0 * deep * (1.0 - taken) / pace if pace > 0.0 else math.inf

    def exchange(self, a0, d0, a_power, d_power, k_a, k_d, hours):
        """Return both sides' expected losses over some hours: Heun on dA/dt = -k P^W N^(1 - W), an hour a step."""
        w = self.rules.combat.attr_W
        steps = max(1, round(hours / self.rules.time.substep_h))
        h = hours / 24.0 / steps

        def slope(a, d):
            loss_a = k_a * (d_power * d / d0) ** w * a ** (1 - w) if a > 0 and d > 0 else 0.0
            loss_d = k_d * (a_power * a / a0) ** w * d ** (1 - w) if a > 0 and d > 0 else 0.0
            return loss_a, loss_d

        a, d = a0, d0
        for _ in range(steps):
            first = slope(a, d)
            second = slope(max(0.0, a - h * first[0]), max(0.0, d - h * first[1]))
            a = max(0.0, a - h * (first[0] + second[0]) / 2)
            d = max(0.0, d - h * (first[1] + second[1]) / 2)
        return a0 - a, d0 - d
