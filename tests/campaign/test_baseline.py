"""Shipped runs give the numbers that are kept of them; a changed rule is written down with `make baseline`."""

import pytest

from tests.baseline import WARS, kept, played

ANEW = "if this was meant: `make baseline`, and say why in CHANGELOG"


@pytest.mark.parametrize("scenario", WARS)
def test_the_numbers_of_a_shipped_run_are_those_kept(scenario):
    now, before = played(scenario), kept(scenario)
    for run, figures in before.items():
        for name, figure in figures.items():
            assert now[run][name] == figure, f"{scenario}, {run}: {name}; {ANEW}"
    assert now.keys() == before.keys()
