"""Power: weapons by terrain, cohesion, supply; what a tank is worth where."""

import numpy as np
import pytest

from model.compiled import readable
from model.ledger import UNIT, Ground, State
from model.rules import attrition
from model.rules.power import cohesion, power, supply_factor, weapons
from tests.rules.small_field import formation, rulebook, war


@pytest.fixture(scope="module")
def field():
    return war({"government": [formation((10, 10))]})


def rows(field, **values):
    made = readable(np.zeros(1, dtype=UNIT))
    for name, value in ({"men": 100, "cev": 1.0, "ammo": 3.0} | values).items():
        made[name] = value
    return made


def worth(field, ground, *, night=False, **values):
    tables, rules = field.tables, field.rules
    unit = rows(field, **values)[0]
    return power(unit, int(ground), tables.tank, tables.rifle, night, rules.combat.row[0], rules.morale.row[0])


def test_a_rifle_company_is_worth_its_men(field):
    assert worth(field, Ground.DESERT) == pytest.approx(100 * rulebook()["combat"]["ri_desert"].value)


def test_tanks_are_worth_far_more_in_the_desert_than_in_the_streets(field):
    def added(ground):
        return worth(field, ground, tank=4) - worth(field, ground)

    assert added(Ground.DESERT) >= 2.0 * added(Ground.URBAN)
    assert added(Ground.URBAN) == pytest.approx(4 * 30.0 * 0.5)
    assert worth(field, Ground.DESERT, tank=4) == pytest.approx(1.15 * (100 + 4 * 30.0 * rulebook()["combat"]["rt_desert"].value))


def test_tanks_without_infantry_are_blind_in_town_and_at_night(field):
    def tanks_alone(ground, night, men):
        return worth(field, ground, night=night, men=men, tank=4) - worth(field, ground, night=night, men=men)

    with_men, alone = tanks_alone(Ground.URBAN, night=False, men=40), tanks_alone(Ground.URBAN, night=False, men=20)
    assert alone == pytest.approx(0.3 * with_men)
    by_day, by_night = tanks_alone(Ground.DESERT, night=False, men=20), tanks_alone(Ground.DESERT, night=True, men=20)
    assert by_night == pytest.approx(0.3 * by_day)


@pytest.mark.parametrize(
    ("share", "factor"),
    [(0.0, 0.1), (0.1, 0.2), (0.2, 0.65), (0.3, 0.8), (0.5, 0.9), (1.0, 1.0), (0.15, 0.425), (0.4, 0.85), (2.0, 1.0)],
)
def test_dupuys_supply_points(field, share, factor):
    assert supply_factor(share, field.rules.combat.row[0]) == pytest.approx(factor)


def test_supply_never_helps_less_when_there_is_more(field):
    shares = np.linspace(0.0, 1.2, 400)
    assert (np.diff([supply_factor(s, field.rules.combat.row[0]) for s in shares]) >= 0.0).all()


@pytest.mark.parametrize(
    ("state", "factor"), [(State.STEADY, 1.0), (State.SHAKEN, 0.6), (State.ROUTED, 0.2), (State.SURROUNDED, 0.8)]
)
def test_cohesion(field, state, factor):
    assert cohesion(int(state), field.rules.morale.row[0], field.rules.combat.row[0]) == pytest.approx(factor)
    assert worth(field, Ground.VALLEY, state=int(state)) == pytest.approx(factor * worth(field, Ground.VALLEY))


def test_fatigue_and_suppression_take_their_share(field):
    fresh = worth(field, Ground.DESERT)
    assert worth(field, Ground.DESERT, fatigue=1.0) == pytest.approx(0.7 * fresh)
    assert worth(field, Ground.DESERT, sup=1.0) == pytest.approx(0.3 * fresh)
    assert worth(field, Ground.DESERT, cev=0.5) == pytest.approx(0.5 * fresh)


def test_works_better_than_the_posture_are_used(field):
    defence = field.tables.defence
    hasty, prepared, fortified = defence[2], defence[3], defence[4]
    assert attrition.posture_gain(hasty, 3, 2, defence) == prepared
    assert attrition.posture_gain(hasty, 2, 3, defence) == prepared  # the ground's works are the limit
    assert attrition.posture_gain(fortified, 1, 1, defence) == fortified
    assert attrition.posture_gain(hasty, 3, 0, defence) == hasty


def test_weapons_of_a_pickup(field):
    combat = field.rules.combat.row[0]
    assert weapons(rows(field, men=0, tech=5)[0], 1.0, 1.0, int(Ground.DESERT), False, combat) == pytest.approx(30.0)
