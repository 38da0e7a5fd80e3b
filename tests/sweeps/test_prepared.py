"""The laws are compiled by one process; a share of failures is read as the command line writes it."""

import argparse
import threading
import time

import pytest

from sweeps.commands import _share
from sweeps.design.factor import Factor
from sweeps.running import play


def test_one_compiles_while_the_others_wait_and_later_nobody_waits(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "kept"))
    inside, most, calls = [0], [0], [0]
    counted = threading.Lock()

    def warm():
        with counted:
            calls[0] += 1
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.2)
        with counted:
            inside[0] -= 1

    monkeypatch.setattr(play, "_warm", warm)

    def at_once(many):
        most[0] = 0
        together = [threading.Thread(target=play.prepare) for _ in range(many)]
        for one in together:
            one.start()
        for one in together:
            one.join()
        return most[0]

    assert at_once(3) == 1  # each has to load them, but one after the other
    assert (tmp_path / "kept" / play.WARMED).exists()
    assert at_once(3) == 3
    assert calls[0] == 6


@pytest.mark.parametrize(("text", "value"), [("5%", 0.05), ("0.05", 0.05), ("100%", 1.0), ("0", 0.0)])
def test_a_share_is_read(text, value):
    assert _share(text) == pytest.approx(value)


@pytest.mark.parametrize("text", ["101%", "5", "-1%", "many", ""])
def test_what_is_no_share_is_told(text):
    with pytest.raises(argparse.ArgumentTypeError, match="should read like 5%"):
        _share(text)


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_rounding_does_not_lead_out_of_a_span(scale):
    factor = Factor("rules.air.ru_sorties", "float", low=5.0, high=60.0, scale=scale)
    assert [factor.at(share) for share in (0.0, 1.0)] == pytest.approx([5.0, 60.0])
    assert all(5.0 <= factor.at(share) <= 60.0 for share in (0.0, 1.0))
