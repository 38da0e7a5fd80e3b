"""What each change does alone: differences on common seeds, whose true values are known."""

import numpy as np
import pytest

from model.chance import Chance
from sweeps.report.channels import channels, paired_by_seed
from sweeps.report.reading import Sweep
from sweeps.results.layout import OUTCOME, POLICY, SEED, WORLD

SEEDS = 12
EFFECT = {"as_it_was": 0.0, "no_drops": 500.0, "no_sorties": 0.0}


def made(tmp_path, kind="nested", seeds="common"):
    """A sweep of options in two worlds: a seed's luck is the same for every option, the effect of each is known."""
    import pandas as pd

    luck = Chance(3)["luck"].normal(0.0, 1000.0, SEEDS)
    rows = [
        {
            "run": number, "point": 0, "rep": seed, SEED: seed, "status": "ok", POLICY: policy, WORLD: world,
            "rules.x.y": 2.0 if policy == "no_drops" else 1.0, f"{OUTCOME}survived": policy != "no_drops" or seed > 5,
            f"{OUTCOME}siege.civilians.dead": 5000 + luck[seed] + EFFECT[policy] * (1 if world == "calm" else 2),
        }
        for number, (seed, policy, world) in enumerate(
            (seed, policy, world) for seed in range(SEEDS) for policy in EFFECT for world in ("calm", "storm")
        )
    ]  # fmt: skip
    design = {"type": kind, "policies": list(EFFECT), "worlds": ["calm", "storm"], "base": {"rules.x.y": 1.0}}
    told = {"design": design, "seeds": seeds, "factors": {}, "outcomes": ["survived"], "sweep": {"policies": []}}
    return Sweep(tmp_path, told, pd.DataFrame(rows))


def test_luck_that_options_share_drops_out(tmp_path):
    sweep = made(tmp_path)
    usual, changed = ((sweep.runs[POLICY] == name).to_numpy() for name in ("as_it_was", "no_drops"))
    calm = (sweep.runs[WORLD] == "calm").to_numpy()
    difference = paired_by_seed(sweep, sweep.outcome("siege.civilians.dead"), usual & calm, changed & calm, [])
    assert difference == pytest.approx(np.full(SEEDS, 500.0))


def test_each_option_has_a_line_in_each_world(tmp_path):
    section = channels(made(tmp_path))
    assert section.title == "What each option changes"
    calm, storm = section.blocks
    assert [row[0] for row in calm.rows] == ["no drops", "no sorties"]
    assert [row[1].partition("|")[0] for row in calm.rows] == ["+500", "0"]
    assert [row[1].partition("|")[0] for row in storm.rows] == ["+1,000", "0"]
    assert calm.rows[0][2].partition("|")[0] == "−50"  # points of 100: it fell on half of the seeds
    assert "12 seeds" in calm.caption


def test_one_at_a_time_is_held_against_the_scenario_as_it_is(tmp_path):
    section = channels(made(tmp_path, "oat"))
    assert [row[0] for row in section.blocks[0].rows] == ["x.y = 2"]


def test_without_common_seeds_nothing_is_paired(tmp_path):
    assert channels(made(tmp_path, seeds="independent")) is None
