"""What all drills stand on: laws that are compiled, so that a drill times what it means to time."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def _compiled():
    """Compile the laws before the first drill (in a process of its own: this one stays as it is)."""
    played = (
        "from agents.muster import open_campaign\n"
        "for name in ('deir_ez_zor_2016', 'skirmish'):\n"
        "    campaign = open_campaign(name, (), 1)\n"
        "    for _ in range(48): campaign.step(); campaign.frame()\n"
    )
    subprocess.run([sys.executable, "-c", played], cwd=Path(__file__).parents[2], check=True, timeout=900)
