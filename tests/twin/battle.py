"""The battles of the ordinary Mesa war: who meets whom, with what power, and what it costs."""

import math
from itertools import pairwise


class Battles:
    """Attrition between the fighters of a war, to be mixed into it."""

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
