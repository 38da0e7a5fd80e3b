"""Folders of sweeps as the engine leaves them, of a war that is one formula: quick, and its answers are known."""

import json

import numpy as np
import pandas as pd

from model.chance import Chance

START = "2016-05-11"
DROPS, SORTIES, FIGHTERS = "rules.air.drops_a_day", "rules.air.ru_sorties", "rules.islamic_state.fighters"
NAMES = (DROPS, SORTIES, FIGHTERS)
LOW, HIGH = np.array([0.0, 0.0, 1500.0]), np.array([4.0, 16.0, 4500.0])


def war(drops, sorties, fighters, luck):
    """Return the day of the fall (inf: none), the day of relief (inf: none) and the civilians killed."""
    strength = 0.9 * drops + 0.22 * sorties - (fighters - 1500) / 900 + luck[0]
    fall = 90 * np.exp(0.5 * strength) if strength < 2.2 else np.inf
    relief = 210 + 40 * luck[1] if sorties > 7 else np.inf
    if relief < fall:
        fall = np.inf
    dead = 300 + 900 * np.exp(-0.4 * drops) + 40 * sorties + 60 * abs(luck[2])
    return fall, relief, dead


def row(values, luck, last=300.0):
    fall, relief, dead = war(*values, luck)
    fell = fall <= last
    days = min(fall, last)
    fire = round(dead * 0.4)
    o = {
        "survived": not fell,
        "end_day": days,
        "ended_by": "fall of the enclave" if fell else "end date",
        "days": days,
        "first_to_city": "islamic_state" if fell else "government" if relief <= last else None,
        "siege.survival_days": float(round(days)),
        "siege.censored": not fell,
        "siege.cause_of_fall": ("hunger" if values[0] < 1.5 else "storm") if fell else None,
        "siege.civilians.at_start": 110_000,
        "siege.civilians.dead": round(dead),
        "siege.civilians.dead_fire": fire,
        "siege.civilians.dead_hunger": round(dead) - fire,
        "siege.civilians.dead_massacre": 0,
        "siege.civilians.dead_by.shelling.islamic_state": fire // 2,
        "siege.civilians.dead_by.air.government": fire - fire // 2,
        "milestones.relief": relief if relief <= days else np.nan,
        "milestones.junction": relief + 9 if relief + 9 <= days else np.nan,
        "forces.ndf.men_at_start": 800,
        "forces.ndf.men": 640,
        "forces.ndf.killed": 90 + round(10 * luck[2]),
    }
    return {f"outcome.{name}": value for name, value in o.items()}


def days_of(run, outcome):
    days = np.arange(0, int(outcome["outcome.days"]) + 1, 5)
    killed = outcome["outcome.siege.civilians.dead"]
    return pd.DataFrame(
        {
            "run": np.full(len(days), run, dtype=np.int32),
            "day": days.astype(np.int32),
            "enclave.civilians": (110_000 - killed * days / 300).astype(np.int32),
            "enclave.ration": np.clip(1 - days / 400, 0, 1).astype(np.float32),
            "enclave.area_km2": (250 - 0.3 * days - (run % 7) * days / 30).astype(np.float32),
        }
    )


def folder(path, values, design, *, reps=6, seed=3, kept=1.0, fails=None, extra=None, **manifest):
    """Write a sweep over points `values` (rows of drops, sorties, fighters); `fails(values)` says whether a run fails."""
    chance = Chance(seed)
    luck = chance["luck"].normal(size=(reps, 3))
    rows, series = [], []
    order = [(rep, point) for rep in range(reps) for point in chance["order"].permutation(len(values))]
    for run, (rep, point) in enumerate(order[: round(kept * len(order))]):
        at = values[point]
        told = {
            "run": run,
            "point": int(point),
            "rep": rep,
            "seed": 1000 + rep,
            "key": f"{run:024x}",
            "status": "ok",
            "error": None,
        }
        told |= dict(zip(NAMES, map(float, at), strict=True)) if extra is None else extra[point]
        if fails is not None and fails(at):
            said = f"ZeroDivisionError in agents/raid.py:88 at turn {run}"
            rows.append(told | {"status": "error", "error": said, "attempts": 2, "wall_s": 0.1})
            continue
        outcome = row(at, luck[rep])
        rows.append(told | outcome | {"attempts": 1, "wall_s": 0.5, "peak_mb": 300.0, "worker": "w1"})
        series.append(days_of(run, outcome))
    (path / "parts").mkdir(parents=True)
    _parts(path / "parts", rows, series)
    (path / "manifest.json").write_text(json.dumps(_manifest(path.name, values, design, reps, len(rows), extra) | manifest))
    return path


def _parts(path, rows, series):
    half, columns = len(rows) // 2, list(dict.fromkeys(name for row in rows for name in row))
    for number, part in enumerate((rows[:half], rows[half:])):
        pd.DataFrame(part, columns=columns).to_parquet(path / f"outcomes-{number:06d}.parquet")
    for number, part in enumerate((series[: half // 2], series[half // 2 :])):
        if part:
            pd.concat(part).to_parquet(path / f"series-{number:06d}.parquet")


def _manifest(name, values, design, reps, played, extra):
    made_up = {"unit": "1", "kind": "float", "scale": "linear", "values": [], "meaning": "made up"}
    factors = {path: made_up | {"low": a, "high": b} for path, a, b in zip(NAMES, LOW.tolist(), HIGH.tolist(), strict=True)}
    return {
        "format": 1,
        "name": name,
        "scenario": "made_up",
        "runs": len(values) * reps,
        "most_runs": len(values) * reps,
        "varied": list(factors) if extra is None else [],
        "analyse": {},
        "points": len(values),
        "start": START,
        "factors": factors if extra is None else {},
        "design": design,
        "seeds": "common",
        "outcomes": ["survived", "siege.survival_days", "siege.civilians.dead"],
        "code": {"hash": "587e1b12"},
        "machine": {"commit": "abc", "versions": {"numpy": "2"}, "rng": "Philox"},
        "sweep": {},
        "timings": {"median_run_s": 0.5},
        "sittings": [{"start": "2026-01-01T00:00:00", "runs": played, "workers": 2, "reason": "done"}],
        "design_hash": "fcc728e1fe71",
    }


def factorial(path, **more):
    values = np.array([(d, s, 3000.0) for s in (0, 4, 8, 12) for d in (0, 1, 2, 3, 4)], dtype=float)
    return folder(path, values, {"type": "factorial"}, **({"reps": 12} | more))


def lhs(path, n=80, **more):
    from scipy.stats.qmc import LatinHypercube

    unit = LatinHypercube(3, rng=np.random.Generator(np.random.Philox(4))).random(n)
    return folder(path, LOW + unit * (HIGH - LOW), {"type": "lhs", "points": n}, **({"reps": 5} | more))


def _designed(path, unit, design, **more):
    made = folder(path, LOW + unit * (HIGH - LOW), design, **more)
    table = pd.DataFrame(unit, columns=list(NAMES))
    table.insert(0, "point", range(len(unit)))
    table.to_csv(made / "points_unit.csv", index=False)
    return made


def sobol(path, base=64, **more):
    from SALib.sample import sobol as sampler

    unit = sampler.sample({"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}, base, calc_second_order=False, seed=1)
    return _designed(path, unit, {"type": "sobol", "base": base, "second_order": False}, **({"reps": 3} | more))


def morris(path, trajectories=20, **more):
    from SALib.sample import morris as sampler

    unit = sampler.sample({"num_vars": 3, "names": list(NAMES), "bounds": [[0, 1]] * 3}, trajectories, num_levels=4, seed=1)
    return _designed(path, unit, {"type": "morris", "trajectories": trajectories, "levels": 4}, **({"reps": 2} | more))


def nested(path, **more):
    options = {"hold": (0.5, 2.0), "drop more": (3.5, 2.0), "fly more": (0.5, 12.0)}
    worlds = {"few": 1600.0, "usual": 3000.0, "many": 4400.0}
    pairs = [(o, w) for o in options for w in worlds]
    values = np.array([(*options[o], worlds[w]) for o, w in pairs])
    extra = [{"policy": o, "world": w} for o, w in pairs]
    design = {"type": "nested", "policies": list(options), "worlds": list(worlds)}
    return folder(path, values, design, extra=extra, **({"reps": 10} | more))
