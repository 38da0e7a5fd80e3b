"""From how many sides a post is attacked, and what the surrounded lose with their last ground."""

import numpy as np
import pytest

from model.ledger import HOSTILE, Side, State
from model.rules.frontage import open_sides, room_for
from model.rules.overrun import A_SECTION, finish
from tests.rules.small_field import attack, cell, formation, war

POST = (15, 10)


def sides(*others, most=4.0):
    """Return the open sides of a post of the Islamic State with other posts at these cells."""
    field = war({"islamic_state": [formation(POST), *(formation(at) for at in others)]})
    field.layers.occupy(field.units)
    here = cell(field, *POST)
    return open_sides(
        here, int(Side.GOVERNMENT), field.layers.men, HOSTILE, field.fields.steps, field.theatre.offsets, most
    )  # fmt: skip


def test_a_post_that_stands_alone_is_attacked_from_all_sides_up_to_the_most():
    assert sides() == 4.0
    assert sides(most=3.0) == 3.0
    assert sides(most=1.0) == 1.0


@pytest.mark.parametrize(("others", "open_"), [
    ([(16, 10)], 3.0),  # one beside it
    ([(16, 11)], 2.0),  # one at its corner covers two sides
    ([(16, 10), (14, 10)], 2.0),  # in a line: front and rear
    ([(17, 10)], 4.0),  # two km off it covers none
    ([(14, 9), (16, 11)], 1.0),  # covered all round: still attacked from one
])  # fmt: skip
def test_posts_that_cover_each_other_are_attacked_from_fewer(others, open_):
    assert sides(*others) == open_


def odds(most, defenders=600):
    """Return the power ratio of 1,800 attackers of a lone post."""
    field = war(
        {"government": [formation((14, 10), 600, units=3), formation((14, 10), 600, units=3), formation((14, 10), 600, units=3)],
         "islamic_state": [formation(POST, defenders)]},
        combat__front_sides=most, combat__od_shape=1e6, morale__lam0=0.0, morale__att_stop=1.0,
    )  # fmt: skip
    for row in range(9):
        attack(field, row, *POST)
    field.step()
    return float(field.report["ratio"][0])


def test_the_frontage_of_every_open_side_counts():
    assert odds(3.0) == pytest.approx(3.0 * odds(1.0), rel=0.02)


def test_nobody_sends_a_battalion_round_a_platoon():
    assert odds(3.0, 100) == pytest.approx(odds(1.0, 100))
    assert [room_for(600.0, 1.0, 3.0, men, 3.0) for men in (50.0, 200.0, 300.0, 2000.0)] == [600.0, 600.0, 900.0, 1800.0]


def overrun(men):
    """Return the unit of a small war after the ground of the surrounded was taken once more."""
    field = war({"government": [formation((14, 10))], "islamic_state": [formation(POST, men)]})
    man = field.units[1]
    man["state"] = State.SURROUNDED
    field.overrun[1], field.battles = 1, 1
    finish(field)
    return field, man


def test_the_overrun_lose_six_hours_of_pursuit_and_fight_on():
    field, man = overrun(1000)
    morale = field.rules.morale
    assert man["killed"] == pytest.approx(1000 * morale.pur_kill, abs=1)
    assert man["captured"] == pytest.approx(1000 * (morale.pur_cap + morale.pur_wound), abs=1)
    assert man["men"] + man["killed"] + man["captured"] == 1000
    assert (man["state"], man["alive"], field.overrun[1]) == (State.SURROUNDED, 1, 0)
    assert any("overrun" in event.text for event in field.events)


def test_the_last_few_are_taken():
    _, man = overrun(A_SECTION)
    assert (man["men"], man["alive"]) == (0, 0)
    assert man["killed"] + man["captured"] == A_SECTION


def test_nobody_is_overrun_whose_ground_was_not_taken():
    field = war({"islamic_state": [formation(POST, 100)]})
    finish(field)
    assert not np.any(field.overrun)
    assert field.units["men"][0] == 100
