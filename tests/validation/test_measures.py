"""The measures on small drawn situations: ground, men and battles are written by hand, the number is known."""

import numpy as np
import pytest

from agents.muster import open_campaign
from model.events import Event, EventKind
from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE, SDF
from sweeps.validation import airlift, assault, city, columns, enclave, raids


@pytest.fixture
def siege():
    return open_campaign("skirmish", (), 1)


@pytest.fixture
def khabur():
    return open_campaign("shaddadi_2016", (), 1)


def place_all(campaign, side, cell):
    campaign.units["cell"][campaign.units["side"] == side] = cell


def fall(campaign, side, men):
    """Let so many men of a side fall in its strongest unit."""
    units = campaign.units
    row = int(np.argmax(np.where(units["side"] == side, units["men"], 0)))
    units["killed"][row] += men
    return row


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


def battle(siege, cell, men):
    """Report one attack on a cell of the garrison this turn."""
    siege.battles = 1
    siege.report[0] = (cell, ISLAMIC_STATE, GOVERNMENT, 1, men, 50.0, 1.0, 0.0, 0.0, 0, 0, 0, 0)


def raid(siege, measures, held_turns, men=200, killed=6, enemy=3, captured=0):
    """Play a raid by hand: a post is taken and held for so many turns; then a quiet week."""
    ours = int(np.flatnonzero(measures[0].frame & (siege.layers.control == GOVERNMENT))[40])
    rows = [fall(siege, side, 0) for side in (GOVERNMENT, ISLAMIC_STATE)]
    siege.units["cell"][rows] = ours
    for turn in range(1, 40):
        siege.turn, siege.battles = turn, 0
        if turn == 2:
            battle(siege, ours, men)
            siege.units["killed"][rows] += (killed, enemy)
            siege.units["captured"][rows[0]] += captured
            siege.layers.control[ours] = ISLAMIC_STATE
        if turn == 2 + held_turns:
            siege.layers.control[ours] = GOVERNMENT
        for measure in measures:
            measure.turn()


@pytest.mark.parametrize(("held_turns", "share"), [(3, 1.0), (7, 1.0), (9, 0.0)])
def test_a_raid_is_reversed_within_48_hours(siege, held_turns, share):
    measures = [kind(siege) for kind in (raids.RaidsReversed, raids.RaidDead, raids.RaidExchange, raids.LesserAssaults)]
    raid(siege, measures, held_turns)
    assert [measure.value() for measure in measures] == [share, 6.0, 0.5, 0.0]


def test_a_great_attack_is_no_raid_but_an_assault(siege):
    measures = [kind(siege) for kind in (raids.RaidsReversed, raids.LesserAssaults, raids.MajorAssaults)]
    raid(siege, measures, 3, men=400, killed=25)
    assert [measure.value() for measure in measures] == [None, 1.0, 0.0]


@pytest.mark.parametrize(("captured", "counts"), [(0, 0.0), (40, 1.0)])
def test_of_those_taken_the_share_that_is_put_to_death_counts_among_the_dead(siege, captured, counts):
    assert 15 + 40 * siege.rules.morale.exec_frac >= 20
    measures = [raids.LesserAssaults(siege)]
    raid(siege, measures, 3, men=400, killed=15, captured=captured)
    assert measures[0].value() == counts


def test_suicide_attacks_are_counted_in_months(siege):
    kinds = (raids.SuicideAttacks, raids.SuicideClusters, raids.ByVehicle)
    measures = [kind(siege) for kind in kinds]
    for day in range(61):
        siege.events.clear()
        if day in (5, 6):
            siege.tell(EventKind.SVBIED, "made up", cell=siege.airport_cell, numbers={"sent": 3.0})
            siege.walked_in.append((day, siege.airport_cell))
        for measure in measures:
            measure.turn()
            measure.day()
    # the first morning closes no day: all eight fall into the first of two bins
    assert measures[0].value() == 4.0
    assert measures[1].value() == pytest.approx(np.var([8, 0], ddof=1) / 4.0)
    assert measures[2].value() == 0.75


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


def test_a_column_is_joined_by_road_through_nobodys_ground(khabur):
    column = columns.ToShaddadi(khabur)
    control = khabur.layers.control
    control[control == ISLAMIC_STATE] = 0
    column.day()
    first = column.reached[0]
    ahead = int(np.flatnonzero(column.km >= first + 26.0)[0])
    control[column.cells[ahead]] = SDF
    column.day()
    assert column.value() == pytest.approx(25.0)
    between = int(np.flatnonzero((column.km > first + 8.0) & (column.km < first + 20.0))[0])
    other = columns.ToShaddadi(khabur)
    before = other.joined()[column.cells[ahead]]
    control[control == 0] = ISLAMIC_STATE
    assert (before, other.joined()[column.cells[ahead]], control[column.cells[between]]) == (True, False, ISLAMIC_STATE)


def test_the_fall_of_a_town_is_counted_from_the_first_attack(khabur):
    fell = columns.DaysToFall(khabur)
    fell.cell = int(np.flatnonzero(khabur.layers.control == SDF)[0])
    assert fell.value() is None
    for turn in range(1, 20):
        khabur.turn, khabur.battles = turn, 0
        if turn == 3:
            battle(khabur, fell.cell, 100.0)
        if turn == 14:
            khabur.layers.control[fell.cell] = ISLAMIC_STATE
        fell.turn()
    assert fell.value() == pytest.approx(3.0)


def test_a_town_falls_on_the_day_from_which_the_attackers_stand_in_it_alone(khabur):
    fell = columns.DaysToFall(khabur)
    fell.cell = int(np.flatnonzero(khabur.layers.control == SDF)[0])
    khabur.layers.men[:, fell.cell] = 0
    for turn in range(1, 20):
        khabur.turn, khabur.battles = turn, 0
        if turn == 3:
            battle(khabur, fell.cell, 100.0)
        khabur.layers.men[ISLAMIC_STATE, fell.cell] = 80 if turn >= 4 else 0
        khabur.layers.men[GOVERNMENT, fell.cell] = 20 if turn < 10 else 0  # the last of the garrison leaves
        if turn == 14:
            khabur.layers.control[fell.cell] = ISLAMIC_STATE
        fell.turn()
    assert fell.value() == pytest.approx((10 - 3 + 1) / 4)


def test_the_ring_is_closed_when_no_way_leads_out():
    campaign = open_campaign("city_2017", (), 1)
    ring, days = city.LeftWhenClosed(campaign), city.DaysToClear(campaign)
    control = campaign.layers.control
    control[control == ISLAMIC_STATE] = GOVERNMENT
    town = np.flatnonzero(ring.town)
    control[town[:6]] = ISLAMIC_STATE
    ring.first = 12
    for measure in (ring, days):
        measure.day()
        measure.day()
    assert ring.value() == 0.5
    assert days.value() == 1.0
    control[town] = GOVERNMENT
    days.day()
    assert days.value() == 2.0


def test_a_crossing_that_stands_keeps_the_ring_open():
    campaign = open_campaign("city_2017", (), 1)
    ring = city.LeftWhenClosed(campaign)
    control = campaign.layers.control
    control[:] = GOVERNMENT
    crossing = next(c for c in campaign.theatre.crossings if c.right_cell >= 0)
    ends = [crossing.right_cell, crossing.left_cell]
    control[ends] = ISLAMIC_STATE
    ring.town = np.zeros_like(ring.town)
    ring.town[ends[0]] = True
    ring.beyond = np.zeros_like(ring.town)
    ring.beyond[ends[1]] = True
    index = campaign.theatre.crossings.index(crossing)
    for stands in (True, False):
        campaign.intact[index] = stands
        assert ring.closed() is not stands


def test_a_free_road_is_no_link_up_before_the_column_is_there():
    campaign = open_campaign("relief_2017", (), 1)
    relief, linked = columns.Relief(campaign), columns.LinkUp(campaign)
    control = campaign.layers.control
    control[control == ISLAMIC_STATE] = 0
    for measure in (relief, linked):
        measure.day()
        measure.day()
    assert linked.value() == 0.0
    near = int(np.flatnonzero((relief.km > relief.edge_km - columns.CONTACT_KM) & (relief.km < relief.edge_km))[0])
    control[relief.cells[near]] = GOVERNMENT
    for measure in (relief, linked):
        measure.day()
    assert (linked.value(), relief.value()) == (1.0, pytest.approx(relief.edge_km / 2))
