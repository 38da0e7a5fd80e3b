"""Speed: what a campaign costs, phase by phase. Measure on a quiet machine."""

import ast
import inspect
import platform
import statistics
from collections import defaultdict
from time import perf_counter
from types import ModuleType
from typing import cast

from agents.muster import open_campaign
from model import turn
from model.campaign import Campaign
from sweeps.speed.yardstick import against_the_twin, seconds_of_fixed_work

SCENARIO = "deir_ez_zor_2016"
TURNS = 600
SEEDS = (1, 2, 3)


def phases() -> list[str]:
    """Return the laws that `model/turn.py` calls, in its order."""
    body = ast.parse(inspect.getsource(turn.play))
    calls = [node.func for node in ast.walk(body) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    named = [(call.value.id, call.attr) for call in calls if isinstance(call.value, ast.Name)]
    return [f"{module}.{name}" for module, name in named if isinstance(getattr(turn, module, None), ModuleType)]


class Clock:
    """Adds up the seconds spent in named functions while it is set on them."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._kept: list[tuple[object, str, object]] = []

    def set_on(self, holder: object, attribute: str, name: str) -> None:
        """Time every call of `holder.attribute`."""
        timed = getattr(holder, attribute)
        self._kept.append((holder, attribute, timed))

        def call(*arguments: object) -> object:
            begun = perf_counter()
            try:
                return timed(*arguments)
            finally:
                self.seconds[name] += perf_counter() - begun

        setattr(holder, attribute, call)

    def take_off(self) -> None:
        """Put everything back as it was."""
        for holder, attribute, timed in reversed(self._kept):
            setattr(holder, attribute, timed)


def opened(seed: int) -> tuple[Campaign, float]:
    """Return a campaign and the seconds that its muster took."""
    begun = perf_counter()
    campaign = open_campaign(SCENARIO, (), seed)
    return campaign, perf_counter() - begun


def played(seed: int, turns: int) -> tuple[Campaign, float, float]:
    """Return a campaign after its turns, the seconds of its muster and those of its turns."""
    campaign, muster = opened(seed)
    begun = perf_counter()
    for _ in range(turns):
        campaign.step()
    return campaign, muster, perf_counter() - begun


def by_phase(seed: int, turns: int) -> dict[str, float]:
    """Return the microseconds a turn of every phase, of the commanders, and of a frame."""
    clock = Clock()
    campaign, _ = opened(seed)
    try:
        for phase in phases():
            module, name = phase.split(".")
            holder: ModuleType = getattr(turn, module)
            clock.set_on(holder, name, phase)
        for commander in campaign.commanders:
            clock.set_on(commander, "decide", "commanders.decide")
        clock.set_on(campaign, "frame", "frame")
        for _ in range(turns):
            campaign.step()
            campaign.frame()
    finally:
        clock.take_off()
    return {name: 1e6 * seconds / turns for name, seconds in clock.seconds.items()}


def measured(turns: int = TURNS, seeds: tuple[int, ...] = SEEDS) -> dict[str, object]:
    """Return every figure: medians over the seeds."""
    played(seeds[0], 8)  # compile, build the map and the routes of the first orders
    fixed = min(seconds_of_fixed_work() for _ in range(3))
    runs = [played(seed, turns) for seed in seeds]
    again = played(seeds[0], turns)[2]  # a second campaign in the same process finds its routes ready
    spent = by_phase(seeds[0], turns)
    per_day = runs[0][0].turns_per_day
    per_turn = statistics.median(seconds / turns for _, _, seconds in runs)
    whole = statistics.median(muster for _, muster, _ in runs) + per_turn * runs[0][0].turns_planned
    return {
        "scenario": SCENARIO,
        "turns": turns,
        "units": int(runs[0][0].rows),
        "us_per_turn": 1e6 * per_turn,
        "unit_turns_per_s": runs[0][0].rows / per_turn,
        "campaigns_per_s": 1.0 / whole,
        "fixed_work_s": fixed,
        "campaigns_per_fixed_work": fixed / whole,
        "twin": against_the_twin(),
        "us_per_turn_by_seed": {str(seed): 1e6 * run[2] / turns for seed, run in zip(seeds, runs, strict=True)},
        "us_per_turn_routes_known": 1e6 * again / turns,
        "muster_s": statistics.median(muster for _, muster, _ in runs),
        "commanders_us_per_day": spent.get("commanders.decide", 0.0) * per_day,
        "frame_us": spent.get("frame", 0.0),
        "phases_us_per_turn": dict(sorted(spent.items(), key=lambda item: -item[1])),
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def report(figures: dict[str, object]) -> str:
    """Return the figures as lines of text."""
    spent = dict(cast("dict[str, float]", figures["phases_us_per_turn"]))
    lines = [
        f"{figures['scenario']}: {figures['units']} units, {figures['turns']} turns, median of {len(SEEDS)} seeds",
        f"{figures['us_per_turn']:10.0f} µs a turn",
        f"{figures['us_per_turn_routes_known']:10.0f} µs a turn when the routes are known from an earlier run (as below)",
        f"{figures['commanders_us_per_day']:10.0f} µs a day for the commanders",
        f"{figures['frame_us']:10.0f} µs a frame",
        f"{figures['muster_s']:10.2f} s to muster",
        f"{figures['unit_turns_per_s']:10,.0f} unit-turns a second",
        f"{figures['campaigns_per_s']:10.2f} whole campaigns a second on one core",
        f"{figures['campaigns_per_fixed_work']:10.3f} campaigns in the time of the fixed work ({figures['fixed_work_s']:.2f} s)",
        _twin_line(cast("dict[str, float] | None", figures["twin"])),
        "",
    ]
    lines += [f"{micros:10.1f} µs a turn  {name}" for name, micros in spent.items()]
    return "\n".join(lines)


def _twin_line(twin: dict[str, float] | None) -> str:
    if twin is None:
        return "         - no twin to compare with: the folder of tests is not here"
    return (
        f"{twin['twin_ratio']:10.0f} times as fast as the ordinary Mesa model on movement and attrition "
        f"({twin['twin_units']} units: {twin['twin_us_per_turn']:.0f} against {twin['twin_engine_us_per_turn']:.0f} µs a turn)"
    )
