"""Attrition: what fighting costs. One law for every battle, from a raid on a post to an assault on the city."""

from typing import TYPE_CHECKING

from model.arrays import Dice, Floats, Ints, Layer, Rows
from model.compiled import law
from model.ledger import HOSTILE, Ground, Kind, Order, Posture, State
from model.rules.advance import RATIOS, cells_a_day
from model.rules.ambush import first_hour
from model.rules.battle_groups import BATTLES
from model.rules.casualties import harm
from model.rules.exchange import exchange
from model.rules.fire_support import lay_guns, reach_of_tubes, support
from model.rules.frontage import open_sides, room_for
from model.rules.power import power
from model.rules.rubble import town_gain
from model.rules.shoreline import over_water

if TYPE_CHECKING:
    from model.campaign import Campaign
    from model.state import State as Opened

ATTACK, PROBE = int(Order.ATTACK), int(Order.PROBE)
ROUTED, SURROUNDED, HASTY, URBAN = int(State.ROUTED), int(State.SURROUNDED), int(Posture.HASTY), int(Ground.URBAN)
ON_THE_MARCH, RAIDER = int(Posture.MOVE), int(Kind.RAIDER)
HOUR = 1.0 / 24.0
SIX_HOURS = 0.25
"""Days for which `gun_sup` is given."""
POSTURES = tuple(p.name.lower() for p in Posture)
GROUNDS = tuple(g.name.lower() for g in Ground)


class Tables:
    """Posture and terrain tables of the law, in the order of the codes."""

    def __init__(self, campaign: "Opened") -> None:
        combat = campaign.rules.combat
        self.defence: Floats = combat.column("us", POSTURES)
        self.exposure: Floats = combat.column("uv", POSTURES)
        self.ground_defence: Floats = combat.column("ru", GROUNDS)
        self.ground_losses: Floats = combat.column("rc", GROUNDS)
        self.tank: Floats = combat.column("rt", GROUNDS)
        self.rifle: Floats = combat.column("ri", GROUNDS)
        self.reach: Floats = reach_of_tubes(combat)


def fight(campaign: "Campaign") -> None:
    """Fight the battle groups: compute each side's losses once for the group, and share them out."""
    units, rules, tables, objective = campaign.units, campaign.rules, campaign.tables, campaign.objective
    campaign.battles = 0
    if campaign.assaulted == 0:
        return
    chance = campaign.chance["fire"]
    shape = rules.combat.od_shape
    lethality = chance.gamma(shape, 1.0 / shape, (min(BATTLES, campaign.assaulted), 2))
    dice = chance.random((campaign.rows, 3))
    campaign.battles = battle(
        units, objective, campaign.theatre.ground, tables.defence, tables.exposure, tables.ground_defence,
        tables.ground_losses, tables.tank, tables.rifle, rules.combat.row, rules.morale.row, campaign.night,
        campaign.weather.storm, campaign.days_per_turn, rules.time.substep_h / 24.0, campaign.surprise, campaign.layers.fort,
        lethality, dice, campaign.hospital[campaign.ward], campaign.report, campaign.theatre.cell_km,
        campaign.scratch, campaign.theatre.width, campaign.svbied_hit, rules.svbied.sv_fort, tables.reach,
        campaign.layers.rubble, campaign.theatre.bank, campaign.fields.steps, campaign.theatre.offsets,
        campaign.layers.breach, campaign.layers.breach_turn, campaign.turn, campaign.rates.table, campaign.rates.ground, RATIOS,
        campaign.rates.streets, rules.combat.blocks_cell, campaign.layers.men, HOSTILE,
    )  # fmt: skip


@law
def battle(
    units: Rows, objective: Ints, ground_of: Layer, defence: Floats, exposure: Floats, ground_defence: Floats,
    ground_losses: Floats, tank: Floats, rifle: Floats, combat: Rows, morale: Rows, night: bool, storm: bool, days: float,
    substep: float, surprise: Floats, fort: Layer, lethality: Floats, dice: Dice, ward: Ints, report: Rows, cell_km: float,
    aim: Ints, width: int, hit: Layer, shaken_works: float, reach: Floats, rubble: Layer, bank: Layer, steps: Layer,
    offsets: Ints, breach: Layer, breach_turn: Ints, turn: int, advances: Floats, advance_ground: Floats, ratios: Floats,
    streets: Floats, blocks: float, men: Layer, hostile: Layer,
) -> int:  # fmt: skip
    """Fight every battle group and return how many there were; `report` gets a row for each.

    Power of the defence is multiplied by posture and terrain; attackers count up to `frontage` men per km of front on as
    many sides as are open (`frontage`), the rest wait. Those who attack over water are shot at more and hit less. Raiders
    who fall on men on the march win the first hour (`ambush`). A post that is overrun within the turn is fought for no
    longer than that takes, so that turns of any length cost the same; the surrounded cannot give it up. Group losses are
    multiplied by one gamma draw per side, then shared by exposed men and drawn Poisson. Guns laid on the battle suppress
    the other side.
    """
    c = combat[0]
    m = morale[0]
    n = units.shape[0]
    count = 0
    lay_guns(units, objective, width, cell_km, reach, aim)
    for i in range(n):
        here = objective[i]
        if here < 0:
            continue
        fresh = True
        for b in range(count):
            if report[b].cell == here:
                fresh = False
                break
        if not fresh or count == lethality.shape[0]:
            continue
        ground = ground_of[here]
        attack_men = defend_men = attack_power = defend_power = 0.0
        attack_exposed = defend_exposed = afloat = 0.0
        attack_side = defend_side = sides = strongest = 0
        tanks = atgm = works = can_leave = 0
        attack_vehicles = defend_vehicles = missiles = 0
        arm = 1
        probing = ambushed = True
        for j in range(i, n):
            if objective[j] != here:
                continue
            u = units[j]
            p = power(u, ground, tank, rifle, night, c, m)
            if u.engaged == 1:
                sides |= 1 << u.side
                if u.men > strongest:
                    strongest = u.men
                    attack_side = u.side
                attack_men += u.men
                attack_power += p * defence[u.posture] * surprise[j]
                attack_exposed += u.men * exposure[u.posture]
                tanks += u.tank
                attack_vehicles += u.tank + u.ifv + u.tech
                missiles += u.atgm
                if u.tank + u.ifv > 0:
                    arm = 0
                if bank[u.cell] != bank[here] and over_water(u.cell, here, steps, offsets):
                    afloat += u.men
                if u.order == ATTACK:
                    probing = False
                if u.kind != RAIDER:
                    ambushed = False
            else:
                defend_side = u.side
                works = max(works, min(u.fort, fort[here]))
                can_leave += u.state != SURROUNDED
                defend_men += u.men
                gain = posture_gain(defence[u.posture], fort[here], u.fort, defence)
                if hit[j] == 1:
                    gain = 1.0 + (gain - 1.0) * shaken_works
                if ground == URBAN:
                    gain *= town_gain(min(u.fort, fort[here]), rubble[here], c.rubble_gain)
                defend_power += p * gain
                if u.posture != ON_THE_MARCH:
                    ambushed = False
                defend_exposed += u.men * exposure[u.posture]
                atgm += u.atgm
                defend_vehicles += u.tank + u.ifv + u.tech
        support_power, attack_guns = support(units, sides, here, width, cell_km, c, reach, aim)
        attack_power += support_power
        support_power, defend_guns = support(units, 1 << defend_side, here, width, cell_km, c, reach, aim)
        defend_power += support_power
        sides_open = open_sides(here, attack_side, men, hostile, steps, offsets, c.front_sides)
        room = room_for(c.frontage, cell_km, sides_open, defend_men, c.front_mass)
        committed = min(1.0, room / attack_men) if attack_men > 0.0 else 0.0
        if atgm > 0 and tanks > 0:
            attack_power *= 1.0 - (1.0 - c.w_atgm_tank) * min(1.0, tanks * c.w_tank * tank[ground] / max(1.0, attack_power))
        attack_power *= committed
        shore = afloat / attack_men if attack_men > 0.0 else 0.0
        defend_power *= ground_defence[ground] * (1.0 + (c.shore_def - 1.0) * shore)
        rate = c.attr_k * ground_losses[ground] * (c.int_probe if probing else c.int_assault)
        if storm:
            rate *= c.storm_cas
        men_in = attack_men * committed
        exposed_a = attack_exposed / attack_men * (1.0 + (c.shore_cas - 1.0) * shore) if attack_men > 0.0 else 0.0
        exposed_d = defend_exposed / defend_men if defend_men > 0.0 else 0.0
        ratio = attack_power / defend_power if defend_power > 0.0 else 99.0
        pace = cells_a_day(advances, ratios, advance_ground, ground, max(1, works), arm, ratio, cell_km, streets[here], blocks)
        taken = breach[here] if breach_turn[here] >= turn - 1 else 0.0
        fought = min(days, (1.0 - taken) / pace) if pace > 0.0 and can_leave > 0 else days
        loss_a, loss_d = exchange(
            men_in, defend_men, attack_power, defend_power, rate * exposed_a, rate * exposed_d, c.attr_W, fought, substep
        )
        if ambushed:
            hour_a, hour_d = first_hour(men_in, defend_men, c.amb_aim, c.amb_area, cell_km * cell_km)
            loss_a = hour_a + loss_a * (1.0 - HOUR / max(HOUR, fought))
            loss_d = hour_d + loss_d * (1.0 - HOUR / max(HOUR, fought))
        r = report[count]
        r.expected_attack = loss_a
        r.expected_defend = loss_d
        loss_a = min(men_in, loss_a * lethality[count, 0])
        loss_d = min(defend_men, loss_d * lethality[count, 1])
        r.cell = here
        r.attacker = attack_side
        r.defender = defend_side
        r.assault = 0 if probing else 1
        r.attack_men = attack_men
        r.defend_men = defend_men
        r.ratio = ratio
        r.attack_killed = r.defend_killed = r.attack_lost = r.defend_lost = 0
        lost_a = vehicles_lost(ground, atgm, attack_vehicles, c.veh_loss_open, c.veh_loss_town)
        lost_d = vehicles_lost(ground, missiles, defend_vehicles, c.veh_loss_open, c.veh_loss_town)
        for j in range(i, n):
            if objective[j] != here:
                continue
            u = units[j]
            attacks = u.engaged == 1
            whole = attack_exposed if attacks else defend_exposed
            share = u.men * exposure[u.posture] / whole if whole > 0.0 else 0.0
            expected = (loss_a if attacks else loss_d) * share
            hurt, killed = harm(u, expected, c.kia_frac, lost_a if attacks else lost_d, dice[j], ward, j)
            if attacks:
                r.attack_lost += hurt
                r.attack_killed += killed
                u.sup = min(1.0, u.sup + c.gun_sup * defend_guns * days / SIX_HOURS)
            else:
                r.defend_lost += hurt
                r.defend_killed += killed
                u.sup = min(1.0, u.sup + c.gun_sup * attack_guns * days / SIX_HOURS)
        count += 1
    return count


@law
def vehicles_lost(ground: int, missiles: int, vehicles: int, in_open: float, in_town: float) -> float:
    """Return the share of vehicles lost for each share of casualties: `in_town` in streets, `in_open` in the open.

    There each of the enemy's missile posts brings one vehicle to what it would be in streets; no side is shot at by its own.
    """
    if ground == URBAN:
        return in_town
    return in_open + (in_town - in_open) * min(1.0, missiles / max(1, vehicles))


@law
def posture_gain(posture: float, ground_fort: int, unit_fort: int, defence: Floats) -> float:
    """Return the defence multiplier: the unit's posture, or the works it stands in if they are better."""
    works = min(ground_fort, unit_fort) if unit_fort > 0 else 0
    if works >= 1:
        return max(posture, float(defence[HASTY + works - 1]))
    return posture
