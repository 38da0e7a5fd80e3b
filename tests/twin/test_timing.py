"""The yardstick is there, plays both wars, and the engine is the faster one."""

from sweeps.speed import yardstick
from tests.twin import timing


def test_the_compiled_laws_are_faster_than_objects():
    assert timing.seconds_of_twin(40, 4) > 2.0 * timing.seconds_of_engine(40, 4) > 0.0


def test_the_bench_finds_the_twin():
    told = yardstick.against_the_twin(n_units=20, turns=2)
    assert told is not None
    assert told["twin_ratio"] > 1.0


def test_the_fixed_work_takes_time():
    assert 0.0 < yardstick.seconds_of_fixed_work() < 60.0
