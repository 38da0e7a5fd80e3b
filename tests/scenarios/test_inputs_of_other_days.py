"""Front lines of other days, weather that is known, roads that are closed, works by sector, fronts that know each other."""

import datetime as dt

import numpy as np
import pytest

from agents.muster import open_campaign
from model.configuration.loading import CONFIGS, load
from model.configuration.problems import ConfigProblems
from model.ledger import Posture, Side
from model.map.build import theatre
from model.map.reading import MapError
from model.scenario import MapChoice

GROUND = CONFIGS / "map"


def played(name, *settings, turns=1, seed=1):
    campaign = open_campaign(name, settings, seed)
    for _ in range(turns):
        campaign.step()
    return campaign


def holder(day, place):
    ground = theatre(MapChoice(control=day), GROUND)
    return Side(int(ground.control[ground.place(place).cell]))


@pytest.mark.parametrize(
    ("day", "place", "side"),
    [
        (dt.date(2016, 1, 16), "ayyash", Side.GOVERNMENT),
        (dt.date(2016, 1, 16), "palmyra", Side.ISLAMIC_STATE),
        (dt.date(2016, 2, 16), "shaddadi", Side.ISLAMIC_STATE),
        (dt.date(2016, 3, 9), "shaddadi", Side.SDF),
        (dt.date(2016, 12, 8), "palmyra", Side.GOVERNMENT),
        (dt.date(2016, 12, 8), "manbij", Side.SDF),
        (dt.date(2017, 1, 14), "palmyra", Side.ISLAMIC_STATE),
        (dt.date(2017, 8, 6), "sukhnah", Side.GOVERNMENT),
        (dt.date(2017, 8, 6), "raqqa", Side.ISLAMIC_STATE),
        (dt.date(2017, 9, 10), "kabajib", Side.GOVERNMENT),
        (None, "ayyash", Side.ISLAMIC_STATE),
    ],
)
def test_who_held_what_on_other_days(day, place, side):
    assert holder(day, place) == side


def test_the_day_is_part_of_the_map():
    digests = {theatre(MapChoice(control=day), GROUND).digest for day in (None, dt.date(2016, 1, 16), dt.date(2017, 8, 6))}
    assert len(digests) == 3


def test_a_day_without_front_lines_is_refused_with_the_days_there_are():
    with pytest.raises(MapError, match=r"no front lines of 2016-07-01; there are those of 2016-01-16, .*2017-09-10"):
        theatre(MapChoice(control=dt.date(2016, 7, 1)), GROUND)


def test_the_enclave_is_cut_in_two_in_august_2017():
    assert open_campaign("relief_2017", (), 1).enclave.components == 2


def test_known_weather_comes_whatever_is_drawn():
    seen = [[], []]
    for seed in (1, 2):
        campaign = open_campaign("baghiliya_2016", (), seed)
        for _ in range(28):
            campaign.step()
            seen[seed - 1].append(campaign.weather.kind)
    assert seen[0] == seen[1] == ["storm"] * 12 + ["clear"] * 16


def test_a_closed_road_is_cut_for_its_side_and_open_again_afterwards():
    closed = (
        "inputs.cut={kind: road, date: 2016-05-11, until: 2016-05-12, side: islamic_state, places: [markada], "
        "basis: 'definition'}"
    )
    campaign = open_campaign("deir_ez_zor_2016", (closed,), 1)
    shut = []
    for turn in range(16):
        campaign.step()
        if turn == 0:
            assert not campaign.shut_until[Side.GOVERNMENT].any()
        shut.append(campaign.communications.lines["khabur"].state.name == "CUT")
    assert all(shut[:8])
    assert not shut[-1]


def test_a_line_can_be_closed_whole():
    closed = "inputs.cut={kind: road, date: 2016-05-11, side: islamic_state, line: t2_track, basis: 'definition'}"
    campaign = played("deir_ez_zor_2016", closed)
    edges = campaign.communications.lines["t2_track"].edges
    assert (campaign.shut_until[Side.ISLAMIC_STATE][edges] == 1).all()


def test_a_road_must_say_where_and_name_what_there_is():
    with pytest.raises(ConfigProblems, match="needs a 'line' or 'places'"):
        load("deir_ez_zor_2016", ["inputs.cut={kind: road, date: 2016-05-11, side: islamic_state, basis: 'definition'}"])


def test_works_of_a_sector_replace_those_of_its_formations():
    hasty = played("skirmish", "works={dez_city: {posture: hasty, fort: 1}}", turns=0)
    usual = played("skirmish", turns=0)
    sector = hasty.sector_number("islamic_state", "dez_city")
    for campaign, expected in ((hasty, {1}), (usual, {1, 2, 3})):
        rows = np.flatnonzero((campaign.units["sector"] == sector) & (campaign.units["alive"] == 1))
        assert set(campaign.units["fort"][rows].tolist()) == expected
    rows = np.flatnonzero(hasty.units["sector"] == sector)
    assert set(hasty.units["posture"][rows].tolist()) == {int(Posture.HASTY)}
    assert hasty.units["men"].sum() == usual.units["men"].sum()


def test_fronts_that_have_watched_each_other_know_who_stands_there():
    blind, known = played("skirmish", turns=0), played("skirmish", "watched_km=15", turns=0)
    assert (blind.seen["turn"] == -1).all()
    enemies = np.flatnonzero(known.units["side"] == Side.GOVERNMENT)
    seen = known.seen[Side.ISLAMIC_STATE, enemies]
    assert (seen["turn"] == 0).mean() > 0.9
    assert (seen["cell"][seen["turn"] == 0] == known.units["cell"][enemies][seen["turn"] == 0]).all()
    ratio = seen["men"][seen["turn"] == 0].sum() / known.units["men"][enemies][seen["turn"] == 0].sum()
    assert 0.7 < ratio < 1.5
    assert ratio != 1.0


def test_days_of_the_rulebook_are_counted_from_11_may_2016_whenever_one_starts():
    assert played("deir_ez_zor_2016", turns=0).calendar_day == 0
    assert played("baghiliya_2016", turns=0).calendar_day == -116
    assert played("january_2017", turns=0).calendar_day == 248


def recovered(seed, *settings):
    """Return the share recovered of what the first flight drops, on a clear day."""
    clear = "inputs.now={kind: weather, date: 2016-02-24, sky: clear, basis: definition}"
    campaign = played("first_drops_2016", clear, "enclave.airlifts.il76_state=~", *settings, turns=0, seed=seed)
    campaign.step()
    lift = campaign.enclave.lift
    assert lift.sorties == 1 or lift.cancelled == 1  # more wind than aircraft drop in
    return lift.recovered / lift.dropped if lift.sorties else None


def test_plain_canopies_from_on_high_lose_more_than_the_usual_ones():
    pairs = [(recovered(seed), recovered(seed, "enclave.airlifts.first_flight.canopies=~")) for seed in range(1, 9)]
    flown = np.array([pair for pair in pairs if None not in pair])
    assert len(flown) >= 5
    assert flown[:, 0].mean() < flown[:, 1].mean() - 0.1


def test_the_first_flight_flies_on_its_day_only():
    campaign = played("first_drops_2016", "enclave.airlifts.il76_state=~", turns=40)
    assert campaign.enclave.lift.sorties + campaign.enclave.lift.cancelled == 1
