"""The measures on small drawn situations: ground, men and battles are written by hand, the number is known."""

import numpy as np
import pytest

from model.events import Event, EventKind
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE
from sweeps.validation import airlift, assault, enclave
from tests.validation.drawn import fall


def place_all(campaign, side, cell):
    campaign.units["cell"][campaign.units["side"] == side] = cell


def test_the_displacement_is_area_over_front(siege):
    front = enclave.CityFront(siege)
    assert front.value() == 0.0
    theirs = front.town[siege.layers.control[front.town] == ISLAMIC_STATE][:3]
    siege.layers.control[theirs] = GOVERNMENT
    assert front.value() == pytest.approx(3 * siege.theatre.cell_km**2 / front.front_km)


def test_the_area_changes_in_percent(siege):
    area = enclave.EnclaveArea(siege)
    held = np.flatnonzero(area.frame & (siege.layers.control == GOVERNMENT))
    siege.layers.control[held[: held.size // 2]] = ISLAMIC_STATE
    assert area.value() == pytest.approx(-100.0 * (held.size // 2) / held.size)


def test_the_enclave_lives_while_one_piece_holds_500(siege):
    lives, lost = enclave.EnclaveLives(siege), enclave.EnclaveLost(siege)
    assert (lives.value(), lost.value()) == (1.0, 0.0)
    mine = np.flatnonzero((siege.units["side"] == GOVERNMENT) & (siege.units["alive"] == 1))
    siege.units["men"][mine] = 0
    siege.units["men"][mine[0]] = 499
    assert (lives.value(), lost.value()) == (0.0, 1.0)


def two_halves(siege):
    """Cut the enclave along a column of cells and put 400 men on either side."""
    measure = assault.Split(siege)
    frame, control = measure.frame, siege.layers.control
    control[frame] = ISLAMIC_STATE
    row, column = np.divmod(siege.airport_cell, siege.theatre.width)
    west, east = [(row * siege.theatre.width) + column + step for step in (-3, 0)]
    control[[west, east]] = GOVERNMENT
    mine = np.flatnonzero((siege.units["side"] == GOVERNMENT) & (siege.units["alive"] == 1))
    siege.units["men"][mine] = 0
    siege.units["men"][mine[:2]] = 400
    siege.units["cell"][mine[:2]] = west, east
    return mine, west, east


def test_two_pieces_of_300_are_a_split(siege):
    split, day, lost = assault.Split(siege), assault.SplitDay(siege), assault.HalfLost(siege)
    for measure in (split, day, lost):
        measure.day()
    assert (split.value(), day.value(), lost.value()) == (0.0, None, None)
    mine, _, _ = two_halves(siege)
    for measure in (split, day, lost):
        measure.day()
    assert (split.value(), day.value(), lost.value()) == (1.0, 1.0, 0.0)
    siege.units["men"][mine[1]] = 299
    lost.day()
    assert lost.value() == 1.0


def test_halves_that_join_again_are_not_lost(siege):
    lost = assault.HalfLost(siege)
    _, west, east = two_halves(siege)
    lost.day()
    siege.layers.control[west : east + 1] = GOVERNMENT
    lost.day()
    assert lost.value() == 0.0


def test_the_breach_is_measured_from_what_was_theirs(siege):
    depth, kept = assault.Breach(siege), assault.BreachKept(siege)
    assert kept.value() is None
    far = depth.km_to(depth.ours, depth.theirs)
    deepest = int(depth.ours[np.argmax(far)])
    shallow = int(depth.ours[np.argmin(far)])
    siege.layers.control[[deepest, shallow]] = ISLAMIC_STATE
    for measure in (depth, kept):
        measure.turn()
    siege.layers.control[shallow] = GOVERNMENT
    assert depth.value() == pytest.approx(far.max())
    assert kept.value() == 0.5


def test_the_observed_curve_of_deaths_is_at_no_distance(siege):
    curve = assault.DeathCurve(siege)
    row = fall(siege, GOVERNMENT, 0)
    for day in range(33):
        share = max((s for d, s in assault.OBSERVED_DEATHS.items() if d <= day), default=0.0)
        siege.units["killed"][row] = round(100 * share)
        curve.day()
    assert curve.value() == pytest.approx(0.0, abs=1e-9)


def test_a_constant_rate_of_deaths_scores_as_stated(siege):
    curve = assault.DeathCurve(siege)
    row = fall(siege, GOVERNMENT, 0)
    for day in range(33):
        siege.units["killed"][row] = 1000 * day
        curve.day()
    off = [day / 32 - share for day, share in assault.OBSERVED_DEATHS.items()]
    assert curve.value() == pytest.approx(np.sqrt(np.mean(np.square(off))))


def test_the_exchange_is_theirs_over_ours(siege):
    rises, ratio = assault.ExchangeRises(siege), assault.Exchange(siege)
    fall(siege, GOVERNMENT, 10)
    fall(siege, ISLAMIC_STATE, 5)
    for _ in range(3):
        rises.day()
    assert (ratio.value(), rises.value()) == (0.5, 0.0)
    fall(siege, ISLAMIC_STATE, 5)
    assert (ratio.value(), rises.value()) == (1.0, 1.0)


def flight(siege, day, dropped=20.0, recovered=18.0):
    name = siege.siege.opening.airlifts["wfp"].name
    numbers = {"dropped": dropped, "recovered": recovered}
    return Event(day * 4, EventKind.AIRDROP, f"{name}: made up", -1, GOVERNMENT, -1, -1, 0.2, numbers)


def test_a_stop_after_fire_on_the_zone_is_a_gap(siege):
    rate, share, gaps = (kind(siege) for kind in (airlift.Flights, airlift.RecoveredInRoutine, airlift.DangerousGaps))
    siege.siege.lift.zone, siege.siege.lift.zone_cell = "a", siege.airport_cell
    siege.layers.control[siege.airport_cell] = GOVERNMENT
    for day in range(61):
        siege.turn = 4 * day + 1
        siege.events[:] = [flight(siege, day, 20.0, 18.0)] if day in (0, 5, 20, 25, 40) else []
        if day == 6:
            siege.siege.lift.fired_at["a"] = day
        for measure in (rate, share, gaps):
            measure.turn()
            siege.turn = 4 * (day + 1)
            measure.day()
            siege.turn = 4 * day + 1
    assert rate.value() == pytest.approx(5 / 60)
    assert share.value() == pytest.approx(0.9)
    assert gaps.value() == 1.0  # from day 5; nothing endangered the zone when the gap from day 25 began
