"""Tactics: one small function per file. A doctrine in configs/doctrine names them in order of rank.

A tactic looks at its commander's picture and gives orders to his units, or does nothing.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from agents.tactics.advance_in_bounds import advance_in_bounds
from agents.tactics.carry_out_operation import carry_out_operation
from agents.tactics.choose_drop_zone import choose_drop_zone
from agents.tactics.choose_phase import choose_phase
from agents.tactics.clear_the_base import clear_the_base
from agents.tactics.clear_the_road import clear_the_road
from agents.tactics.counter_attack import counter_attack
from agents.tactics.cross_the_river import cross_the_river
from agents.tactics.lure_into_the_desert import lure_into_the_desert
from agents.tactics.mass_and_assault import mass_and_assault
from agents.tactics.political_will import political_will
from agents.tactics.reinforce_neighbour import reinforce_neighbour
from agents.tactics.return_to_post import return_to_post
from agents.tactics.shift_reserves import shift_reserves
from agents.tactics.task_coalition_air import task_coalition_air
from agents.tactics.task_government_air import task_government_air

if TYPE_CHECKING:
    from agents.commander import Commander

TACTICS: dict[str, Callable[["Commander"], None]] = {
    "advance_in_bounds": advance_in_bounds,
    "carry_out_operation": carry_out_operation,
    "choose_drop_zone": choose_drop_zone,
    "choose_phase": choose_phase,
    "clear_the_base": clear_the_base,
    "clear_the_road": clear_the_road,
    "counter_attack": counter_attack,
    "cross_the_river": cross_the_river,
    "lure_into_the_desert": lure_into_the_desert,
    "mass_and_assault": mass_and_assault,
    "political_will": political_will,
    "reinforce_neighbour": reinforce_neighbour,
    "return_to_post": return_to_post,
    "shift_reserves": shift_reserves,
    "task_coalition_air": task_coalition_air,
    "task_government_air": task_government_air,
}
