"""The pick of an assault: which post, and who goes for it. All posts and men are looked at in one compiled law."""

import math

import numpy as np
import numpy.typing as npt

from agents.staff.pool import choose
from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.sums import total

EXPECTED_LOSS = 0.15
"""Share of the attackers that an even fight is expected to cost; less when stronger."""
Weights = tuple[float, float, float, float, float]
"""Half point and slope of p_win, u_loss, what holds anywhere, u_isolate."""
Chosen = npt.NDArray[np.int64]


@law
def best_of(
    pool: tuple[Ints, Ints, Floats, Floats], posts: tuple[Ints, Floats, Floats, Floats, Floats, Floats], bank: Layer,
    control: Layer, hostile: Layer, limits: tuple[int, int, float, float], grid: tuple[int, float], weights: Weights,
) -> tuple[int, Chosen]:  # fmt: skip
    """Return the post of most utility above the limit, and who of the pool attacks it (indices); -1 if there is none.

    Posts are looked at in order of what they would be worth to the strongest attack that can be got together anywhere, until
    no other can do better. `pool` are cells, men, power and cost; `posts` cells, power, doubt, value, faith and whether they
    isolate; `limits` least and most men, the utility, and the km of enemy ground on the way.
    """
    (cell, men, power, cost), (at, against, doubt, value, trust, isolating) = pool, posts
    (least, most, threshold, through_km), (width, cell_km) = limits, grid
    found, best = -1, np.empty(0, dtype=np.int64)
    if at.shape[0] == 0 or men.sum() < max(1, least):
        return found, best
    strongest = min(total(power), most * (power / np.maximum(1, men)).max())
    hoped = utilities(against, doubt, value, trust, isolating, strongest, weights)
    for k in np.argsort(-hoped, kind="mergesort"):
        if hoped[k] <= threshold:
            break
        chosen = choose(cell, men, cost, bank, control, hostile, at[k], (width, cell_km, most, through_km))
        if men[chosen].sum() < least:
            continue
        promised = utility(against[k], doubt[k], value[k], trust[k], isolating[k], total(power[chosen]), weights)
        if promised > threshold:
            found, best, threshold = k, chosen, promised
    return found, best


@law
def utilities(
    power: Floats, doubt: Floats, value: Floats, trust: Floats, isolating: Floats, force: float, weights: Weights
) -> Floats:
    """Return the utility of posts to a force."""
    found = np.empty(power.shape[0])
    for k in range(power.shape[0]):
        found[k] = utility(power[k], doubt[k], value[k], trust[k], isolating[k], force, weights)
    return found


@law
def utility(power: float, doubt: float, value: float, trust: float, isolating: float, force: float, weights: Weights) -> float:
    """Return the utility of a post to a force: `value · (p_win · trust + what else speaks for it - expected losses)`."""
    half, slope, loss, anywhere, cuts = weights
    ratio = max(1e-9, force / max(1.0, power))
    flat = slope / math.sqrt(1.0 + math.pi / 8.0 * slope**2 * doubt)
    chance = 1.0 / (1.0 + (ratio / half) ** -flat) * trust + (anywhere + cuts * isolating)
    found: float = value * (chance - loss * EXPECTED_LOSS / max(0.5, ratio))
    return found


@law
def lifted(cells: Ints, value: Floats, prizes: Ints, worth: Floats, fades: Floats, width: int) -> Floats:
    """Return the worth of cells, or of the best of some prizes as it fades by the square of the distance in cells."""
    found = value.copy()
    for k in range(cells.shape[0]):
        for p in range(prizes.shape[0]):
            dr = cells[k] // width - prizes[p] // width
            dc = cells[k] % width - prizes[p] % width
            found[k] = max(found[k], worth[prizes[p]] * fades[dr * dr + dc * dc])
    return found
