"""Fratricide: strikes close to own troops do less and sometimes hit them; an agreed belt keeps aircraft away."""

from model.arrays import Dice, Ints, Layer, Rows
from model.compiled import law
from model.ledger import Side
from model.rules.casualties import harm

THE_ENEMY = int(Side.ISLAMIC_STATE)
GOVERNMENT = int(Side.GOVERNMENT)


@law
def friends_close(men: Layer, hostile: Layer, cell: int, width: int, reach: int) -> bool:
    """Say whether troops of any camp that fights the Islamic State stand within `reach` cells of a cell."""
    for side in range(men.shape[0]):
        if hostile[side, THE_ENEMY] == 0:
            continue
        for up in range(-reach, reach + 1):
            for right in range(-reach, reach + 1):
                near = cell + up * width + right
                if 0 <= near < men.shape[1] and men[side, near] > 0:
                    return True
    return False


@law
def in_belt(units: Rows, cell: int, width: int, belt: float) -> bool:
    """Say whether army troops stand within a belt (in cells) of a cell."""
    if belt <= 0.0:
        return False
    row = cell // width
    column = cell - row * width
    for i in range(units.shape[0]):
        if units[i].alive == 1 and units[i].side == GOVERNMENT:
            dr = float(units[i].cell // width - row)
            dc = float(units[i].cell % width - column)
            if dr * dr + dc * dc <= belt * belt:
                return True
    return False


@law
def nearest_friend(units: Rows, hostile: Layer, cell: int, width: int) -> int:
    """Return the row of the unit nearest to a cell among those who fight the Islamic State, -1 if there is none."""
    row = cell // width
    column = cell - row * width
    best = -1
    least = 1e18
    for i in range(units.shape[0]):
        if units[i].alive == 1 and hostile[units[i].side, THE_ENEMY] == 1:
            dr = float(units[i].cell // width - row)
            dc = float(units[i].cell % width - column)
            if dr * dr + dc * dc < least:
                least = dr * dr + dc * dc
                best = i
    return best


@law
def hit_friends(units: Rows, row: int, dead: float, wound: float, sup: float, dice: Dice, ward: Ints) -> int:
    """Book a strike on own men: casualties by `harm`, suppression; return the killed."""
    u = units[row]
    before = u.killed
    harm(u, dead * (1.0 + wound), 1.0 / (1.0 + wound), 1.0, dice, ward, row)
    u.sup = min(0.8, u.sup + sup)
    return int(u.killed - before)
