"""The same laws as plain Python and compiled: the same bits, for long, in many situations."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from agents.muster import open_campaign
from model.ways.refuge import posts_of_friends

ROOT = Path(__file__).parents[2]
PLAYED = """
import sys, warnings
warnings.filterwarnings("error", category=RuntimeWarning)  # a number of the ledger that ran over
from agents.muster import open_campaign
campaign = open_campaign(sys.argv[1], tuple(sys.argv[4:]), int(sys.argv[2]))
while campaign.turn < min(int(sys.argv[3]), campaign.turns_planned):
    campaign.step()
    print(campaign.digest())
"""


def digests(scenario, seed, turns, *settings, plain):
    done = subprocess.run(
        [sys.executable, "-c", PLAYED, scenario, str(seed), str(turns), *settings], cwd=ROOT, capture_output=True, text=True,
        env=os.environ | {"NUMBA_DISABLE_JIT": str(int(plain)), "PYTHONPATH": str(ROOT)}, check=False, timeout=900,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-500:]
    return done.stdout.split()


def alike(scenario, seed, turns, *settings):
    compiled, plain = (digests(scenario, seed, turns, *settings, plain=which) for which in (False, True))
    assert len(compiled) == turns
    differing = [turn for turn, (one, other) in enumerate(zip(compiled, plain, strict=True), 1) if one != other]
    assert not differing, f"differ from turn {differing[0]}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 7])
def test_a_long_skirmish(seed):
    alike("skirmish", seed, 120, "end=2016-07-01")


@pytest.mark.drill
@pytest.mark.parametrize(
    ("scenario", "turns"),
    [
        ("deir_ez_zor_2016", 60),
        ("torgau", 60),
        ("relief_2017", 60),
        ("palmyra_march_2016", 40),
        ("city_2017", 40),
        ("lanchester", 40),
    ],
)
def test_other_situations(scenario, turns):
    alike(scenario, 1, turns)


def test_posts_of_friends_on_a_real_ledger():
    """Numbers of 32 bits are widened before they are shifted: on the whole map a post is more than 255 km away."""
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    units, bank, width = campaign.units, campaign.theatre.bank, campaign.theatre.width
    plain, records = getattr(posts_of_friends, "py_func", posts_of_friends), units.view(np.recarray)
    found = 0
    for row in range(0, campaign.rows, 7):
        compiled = posts_of_friends(units, units[row], bank, width)
        assert compiled.tolist() == plain(records, records[row], bank, width).tolist()
        found = max(found, int(compiled.max(initial=0)))
    assert found > np.iinfo(np.int32).max
