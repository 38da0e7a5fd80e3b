"""Strikes: which of them find troops, and what they do to them by cover, by movement and by whose troops are near."""

import numpy as np

from model.arrays import Dice, Ints, Layer, Row, Rows
from model.compiled import law
from model.ledger import Ground, Order
from model.rules.casualties import harm, poisson, rounded
from model.rules.close_support import in_contact_first, keep_heads_down, suppress
from model.rules.fratricide import friends_close, hit_friends, in_belt, nearest_friend
from model.rules.sighting import deviate

URBAN = int(Ground.URBAN)
MARCH = int(Order.MARCH)
TASK = np.dtype(
    [
        ("wing", np.int32),
        ("side", np.int32),  # of the aircraft
        ("by", np.int32),  # side whose contacts are struck
        ("cell", np.int32),  # aim point
        ("radius", np.float64),  # of the circle, cells
        ("strikes", np.float64),  # a day, weather and light not counted
        ("night", np.float64),  # share flown in the dark
        ("controllers", np.float64),  # share under forward controllers
        ("find", np.float64),  # share that finds troops without controllers
        ("find_fac", np.float64),  # and with them
        ("kill", np.float64),  # men killed by one that finds troops in the open
        ("weapons", np.float64),  # dropped in one strike
        ("belt", np.float64),  # cells kept from army troops
        # what came of it today
        ("flown", np.int32),
        ("found", np.int32),
        ("called_off", np.int32),
        ("killed", np.int32),
        ("own", np.int32),  # strikes that hit friends
        ("own_killed", np.int32),
        ("victim", np.int32),  # row of the friend last hit, -1
        ("wrecked", np.int32),  # vehicles
        ("last", np.int32),  # cell last hit, -1
    ],
    align=True,
)
"""One tasking of a day and its tally."""


@law
def fly(
    units: Rows, seen: Rows, tasks: Rows, many: int, men: Layer, hostile: Layer, ground: Layer, road: Layer, homes: Ints,
    struck: Ints, width: int, reach: int, since: int, share: float, dark: bool, frat: float, air: Rows, start: Dice,
    dice: Dice, ward: Ints, fresh: Ints, candidates: Ints, shaken_round: float, where: Dice,
) -> None:  # fmt: skip
    """Fly a turn of every tasking: strikes · share of the day, of which a binomial number finds troops.

    Those under controllers are flown at troops in contact first, and suppress even where they hit nobody. `start` has two
    dice for each task, `where` one, `dice` eight for each strike that finds troops, all tasks together; `struck` counts
    strikes by cell where people live; `shaken_round` is how far a strike suppresses, in cells.
    """
    k = air[0]
    used = 0
    known = 0
    whose = -1
    for t in range(many):
        task = tasks[t]
        flown = int(task.strikes * share * (task.night if dark else 1.0) + start[t, 0])
        task.flown += flown
        if flown <= 0:
            continue
        if task.by != whose:
            whose = task.by
            known = fresh_contacts(seen, whose, since, fresh)
        n = in_circle(seen, task, fresh, known, width, candidates)
        if n == 0:
            continue
        find = task.controllers * task.find_fac + (1.0 - task.controllers) * task.find
        found = min(binomial(flown, find, start[t, 1]), dice.shape[0] - used)
        led = task.controllers * task.find_fac / max(find, 1e-12)
        close = in_contact_first(units, candidates, n)
        keep_heads_down(units, seen, task, candidates, close, flown - found, hostile, k.air_sup, width, shaken_round, where[t])
        for s in range(used, used + found):
            d = dice[s]
            first = close if close > 0 and d[1] < led else n
            chosen = outside_belt(units, candidates, n, aim(seen, task.by, candidates, first, d[0]), width, task.belt)
            if chosen < 0:
                task.called_off += 1
                continue
            u = units[chosen]
            at = seen[task.by, chosen].cell
            gone = max(abs(u.cell // width - at // width), abs(u.cell % width - at % width)) > 1
            if u.alive == 0 or gone:
                continue  # nobody is left where he was seen
            strike_at(units, task, chosen, men, hostile, ground, road, width, reach, d[1] < led, frat, k, d, ward)
            suppress(units, hostile, task.by, u.cell, k.air_sup * task.weapons, width, shaken_round)
            task.found += 1
            if homes[u.cell] >= 0:
                struck[task.side, homes[u.cell]] += 1
        used += found


@law
def fresh_contacts(seen: Rows, by: int, since: int, fresh: Ints) -> int:
    """Write the rows that a side has seen since a turn, whatever has become of them, and return how many there are."""
    many = 0
    for i in range(seen.shape[1]):
        turn = seen[by, i].turn
        if turn >= since and turn >= 0:
            fresh[many] = i
            many += 1
    return many


@law
def in_circle(seen: Rows, task: Row, fresh: Ints, known: int, width: int, candidates: Ints) -> int:
    """Write the rows of fresh contacts inside a tasking's circle and return how many there are."""
    row = task.cell // width
    column = task.cell - row * width
    beyond = int((task.radius + 1.0) * width) + 1  # who is so many cells away is rows away: there is no need to divide
    many = 0
    for f in range(known):
        cell = seen[task.by, fresh[f]].cell
        if abs(cell - task.cell) > beyond:
            continue
        dr = float(cell // width - row)
        dc = float(cell % width - column)
        if dr * dr + dc * dc <= task.radius * task.radius:
            candidates[many] = fresh[f]
            many += 1
    return many


@law
def aim(seen: Rows, by: int, candidates: Ints, many: int, die: float) -> int:
    """Return the contact that a strike is flown at: the more men are believed there, the likelier."""
    whole = 0.0
    for c in range(many):
        whole += seen[by, candidates[c]].men
    left = die * whole
    for c in range(many):
        left -= seen[by, candidates[c]].men
        if left <= 0.0:
            return int(candidates[c])
    return int(candidates[many - 1])


@law
def outside_belt(units: Rows, candidates: Ints, many: int, chosen: int, width: int, belt: float) -> int:
    """Return the contact aimed at, or the first other one that is not inside the belt around army troops; -1 if all are."""
    if belt <= 0.0 or not in_belt(units, units[chosen].cell, width, belt):
        return chosen
    for c in range(many):
        if not in_belt(units, units[candidates[c]].cell, width, belt):
            return int(candidates[c])
    return -1


@law
def strike_at(
    units: Rows, task: Row, row: int, men: Layer, hostile: Layer, ground: Layer, road: Layer, width: int, reach: int, led: bool,
    frat: float, k: Row, d: Dice, ward: Ints,
) -> None:  # fmt: skip
    """Strike one unit, or by mistake the friends beside it: killed ~ NegBin(air_kill · quality · target · close)."""
    u = units[row]
    open_ground = ground[u.cell] != URBAN and u.fort == 0
    mean = task.kill * target(k, ground[u.cell] == URBAN, u.fort > 0, u.order == MARCH and road[u.cell] > 0)
    task.last = u.cell
    if u.engaged > 0 or friends_close(men, hostile, u.cell, width, reach):
        mean *= k.close_fac if led else k.close_nofac
        if d[2] < frat * (k.frat_fac if led else k.frat_nofac):
            friend = nearest_friend(units, hostile, u.cell, width)
            if friend >= 0:
                dead = negative_binomial(task.kill, k.air_shape, d[3], d[4])
                task.own += 1
                task.own_killed += hit_friends(units, friend, float(dead), k.air_wound, k.air_sup, d[5:8], ward)
                task.victim = friend
                return
    dead = negative_binomial(mean, k.air_shape, d[3], d[4])
    before = u.killed
    harm(u, dead * (1.0 + k.air_wound), 1.0 / (1.0 + k.air_wound), 0.0, d[5:8], ward, row)
    killed = u.killed - before
    task.killed += killed
    if open_ground:
        task.wrecked += wreck(u, rounded(killed * k.air_veh, d[7]))


@law
def target(k: Row, town: bool, dug: bool, column: bool) -> float:
    """Return the target factor: town, dug in, column on a road, open."""
    if town:
        return float(k.tgt_urban)
    if dug:
        return float(k.tgt_dug)
    return float(k.tgt_road if column else k.tgt_open)


@law
def wreck(u: Row, vehicles: int) -> int:
    """Destroy vehicles of a unit, the softest first; return how many there were to destroy."""
    left = vehicles
    gone = min(left, u.tech)
    u.tech -= gone
    left -= gone
    gone = min(left, u.gun)
    u.gun -= gone
    left -= gone
    gone = min(left, u.ifv)
    u.ifv -= gone
    left -= gone
    gone = min(left, u.tank)
    u.tank -= gone
    return int(vehicles - (left - gone))


@law
def binomial(n: int, p: float, die: float) -> int:
    """Return a binomial number by inversion of one uniform die."""
    if p <= 0.0 or n <= 0:
        return 0
    if p >= 1.0:
        return n
    term = (1.0 - p) ** n
    total = term
    k = 0
    while die > total and k < n:
        k += 1
        term *= (n - k + 1) / k * p / (1.0 - p)
        total += term
    return k


@law
def negative_binomial(mean: float, shape: float, die: float, other: float) -> int:
    """Return a negative-binomial number: Poisson about a gamma mean, the gamma by Wilson and Hilferty's cube."""
    cube = 1.0 - 1.0 / (9.0 * shape) + deviate(die) / (3.0 * shape**0.5)
    return poisson(mean * max(0.0, cube) ** 3, other)
