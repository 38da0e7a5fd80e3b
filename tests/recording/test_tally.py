import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.console import Console

from model.account.ending import ended_by, first_to_city
from model.account.outcome import Outcome
from model.account.series import area_by_side, form_of, unit_of
from model.account.summary import summary
from model.account.tally import Tally, tally_of
from model.chance import Chance
from model.map.theatre import Place
from tests.recording.synthetic import START, frames, opening

PLACES = tuple(
    Place(name, name.title(), "", 35.0, 40.0, 0.0, 0.0, "village", "R", cell, 1.0, False, "made up", "")
    for name, cell in (("joura", 100), ("ayyash", 700), ("far", -1))
)


def read(outcome):
    seen = io.StringIO()
    Console(file=seen, width=140).print(summary(outcome))
    return seen.getvalue()


def held(frame, **changes):
    control = frame.control.copy()
    for cell, side in changes.items():
        control[int(cell[1:])] = side
    return replace(frame, control=control)


def test_losses_and_tonnes_are_the_last_frames():
    outcome = tally_of(frames(), opening(), PLACES).outcome("d" * 64)
    guard = outcome.forces[0]
    assert (guard.id, guard.men_at_start, guard.men, guard.killed, guard.wounded) == ("rg", 2000, 1960, 40, 80)
    assert (guard.joined, guard.left) == (120, 0)
    assert (outcome.siege.supply.dropped_t, outcome.siege.supply.enemy_t) == (1200.0, 160.0)
    people = outcome.siege.civilians
    assert (people.at_start, people.alive, people.dead, people.left) == (100_000, 99_880, 80, 40)


def test_events_are_counted_by_kind():
    run = frames()
    outcome = tally_of(run, opening()).outcome()
    assert sum(outcome.events.values()) == sum(len(frame.events) for frame in run)
    assert outcome.events["svbied"] == sum(event.kind == "svbied" for frame in run for event in frame.events)


def test_ground_is_counted_in_cells_of_the_map():
    frame = held(frames(turns=0)[0], c0=3)  # one cell of nobody's goes to the SDF
    assert area_by_side(frame, 0.5) == {"government": 150.0, "islamic_state": 150.0, "sdf": 150.25, "peshmerga": 150.0}


def test_hand_overs_are_dated_and_named():
    start = replace(frames(turns=0)[0])
    taken = replace(held(start, c100=2), turn=1, when=start.when + timedelta(days=3))
    back = replace(held(taken, c100=0, c700=2), turn=2, when=start.when + timedelta(days=5))
    changes = tally_of([start, taken, back], opening(), PLACES).outcome().hand_overs
    assert [(c.date, c.place, c.lost_by, c.taken_by) for c in changes] == [
        (START + timedelta(days=3), "joura", "nobody", "islamic_state"),
        (START + timedelta(days=5), "joura", "islamic_state", "nobody"),
        (START + timedelta(days=5), "ayyash", "government", "islamic_state"),
    ]
    text = read(tally_of([start, taken, back], opening(), PLACES).outcome())
    assert "16 May 2016: Ayyash to the Islamic State" in text
    assert "1 place changed hands and came back." in text


def test_hungry_days_are_counted_at_the_end_of_each_day():
    run = frames(turns=16)
    rations = {0: 0.1, 4: 0.4, 8: 0.6, 12: 0.3, 16: 0.9}
    fed = [replace(f, enclave=f.enclave._replace(ration=rations.get(f.turn, 0.0))) for f in run]
    people = tally_of(fed, opening()).outcome().siege.civilians
    assert people.hungry_days == 2  # days 1 and 3; the first frame is no day yet, and a single turn is no day's ration
    assert people.lowest_ration == 0.3


@pytest.mark.parametrize(
    ("milestones", "first"),
    [
        ({}, None),
        ({"contact": date(2016, 6, 1)}, None),
        ({"relief": date(2017, 9, 5), "sdf_in_city": date(2017, 9, 9)}, "government"),
        ({"relief": date(2017, 9, 5), "fall": date(2017, 1, 9)}, "islamic_state"),
    ],
)
def test_who_was_first_in_the_city(milestones, first):
    assert first_to_city(milestones) == first


def test_a_fall_ends_the_count_of_days_and_is_no_censored_figure():
    last = replace(frames()[-1], milestones={"fall": START + timedelta(days=4)}, enclave=None)
    outcome = tally_of([frames()[0], last], opening()).outcome()
    assert (outcome.siege.survival_days, outcome.siege.censored) == (4.0, False)
    assert tally_of(frames(), opening()).outcome().siege.censored


def test_why_a_run_ended():
    last = frames()[-1]
    early = replace(last, when=last.when - timedelta(days=3))
    fallen = {"fall": early.when.date()}
    assert ended_by(opening(), last) == "end date"
    assert ended_by(opening(), replace(last, milestones=fallen)) == "end date"
    assert ended_by(opening(), replace(early, milestones=fallen)) == "fall of the enclave"
    assert ended_by(opening(), early) == "ended early"
    assert ended_by(opening(), replace(early, over=False)) == "turn limit"


def test_an_outcome_reads_back():
    outcome = tally_of(frames(), opening(), PLACES).outcome("d" * 64)
    assert Outcome.from_json(outcome.to_json()) == outcome


def test_lines_corridors_and_measures_are_the_last_mornings():
    outcome = tally_of(frames(), opening(), PLACES).outcome()
    m20, valley = outcome.lines
    assert (m20.side, m20.state, m20.days_cut, m20.first_cut) == ("government", "cut", 8, date(2016, 5, 14))
    assert (valley.state, valley.days_threatened, valley.first_cut) == ("threatened", 10, None)
    road = outcome.corridors[0]
    assert (road.id, road.days, road.days_open, road.longest_closure_days) == ("palmyra_road", 10, 5, 5)
    assert outcome.measures["travel_days"] == 12.5
    assert outcome.siege.cause_of_fall == "storm"
    text = read(outcome)
    assert "The M20 to Palmyra: cut on 8 days, first on 14 May 2016" in text
    assert "1 other line was never cut." in text
    assert "They called 2 times" in text


def test_the_series_keeps_measures_of_the_theatre_by_day():
    tally = tally_of(frames(), opening())
    assert [row["theatre.travel_days"] for row in tally.days] == [2.5 + day for day in range(11)]
    assert (unit_of("theatre.travel_days"), form_of("theatre.travel_days")) == ("days", "float")


def test_the_mean_ration_is_that_of_whole_days():
    run = frames(turns=16)
    rations = {4: 0.4, 8: 0.6, 12: 0.3, 16: 0.9}
    fed = [replace(f, enclave=f.enclave._replace(ration=rations.get(f.turn, 0.0))) for f in run]
    assert tally_of(fed, opening()).outcome().siege.civilians.mean_ration == pytest.approx(0.55)


def test_a_scenario_without_an_enclave():
    run = [replace(frame, enclave=None) for frame in frames(turns=4)]
    tally = tally_of(run, opening())
    assert tally.outcome().siege is None
    assert not any(name.startswith("enclave") for name in tally.days[0])
    assert "Civilians" not in read(tally.outcome())


def test_nothing_counted_gives_no_outcome():
    with pytest.raises(ValueError, match="no frame"):
        Tally(opening()).outcome()


def test_the_summary_speaks_of_civilians_first_and_of_every_side():
    dice = Chance(3)["names"]
    text = read(tally_of(frames(int(dice.integers(9))), opening(), PLACES).outcome())
    parts = ["Civilians", "The enclave", "Ground", "Losses by force", "Supply from the air", "Milestones"]
    assert [text.index(part) for part in parts] == sorted(text.index(part) for part in parts)
    assert "80 died: 40 of hunger, 40 by shelling and air strikes, 0 in massacres." in text
    assert "12 May 2016: the army and the SDF came within 10 km" in text
    assert "800 t recovered (67%)" in text


def test_what_is_not_counted_is_not_told_as_zero():
    run = [replace(f, forces=tuple(n._replace(joined=None) for n in f.forces)) for f in frames(turns=1)]
    run = [replace(f, enclave=f.enclave._replace(lost_t=None)) for f in run]
    outcome = tally_of(run, opening()).outcome()
    assert outcome.forces[0].joined is None
    assert "lost" not in read(outcome).partition("Supply from the air")[2]


def test_quarters_the_dead_by_whose_fire_and_the_garrisons_ledger_are_told():
    outcome = tally_of(frames(), opening(), PLACES).outcome()
    siege = outcome.siege
    assert siege.civilians.dead_by == {"shelling": {"islamic_state": 10}, "air": {"government": 20}}
    assert siege.manpower == {"battle": -10, "conscripts": 20}
    joura = siege.quarters[0]
    assert (joura.place, joura.owner, joura.civilians) == ("joura", "islamic_state", 36_000 - 30)
    assert joura.dead == siege.civilians.dead_by
    assert joura.history == ((date(2016, 5, 12), "islamic_state", "taken by islamic state"),)
    assert Outcome.from_json(outcome.to_json()) == outcome
    assert "battle -10, conscripts +20" in read(outcome)
