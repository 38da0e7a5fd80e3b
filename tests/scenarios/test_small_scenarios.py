"""Skirmish and Lanchester: the situation on a small scale, and the analytic one."""

import datetime as dt


def test_the_skirmish_is_the_ring_of_the_default_scenario(skirmish, article):
    assert sum(f.men for force in skirmish.forces.values() for f in force.order_of_battle.values()) == 7_000
    for name, force in skirmish.forces.items():
        for formation_id, formation in force.order_of_battle.items():
            assert formation == article.forces[name].order_of_battle[formation_id]
    assert skirmish.end - skirmish.start == dt.timedelta(days=15)
    assert not skirmish.inputs


def test_raids_are_likely_within_the_skirmish(skirmish):
    assert skirmish.rules["islamic_state"]["raid_gap"].value <= 10


def test_lanchester_is_six_hundred_against_four_hundred_and_fifty(lanchester):
    (blue,) = lanchester.forces["republican_guard"].order_of_battle.values()
    (red,) = lanchester.forces["islamic_state"].order_of_battle.values()
    assert (blue.men, red.men) == (600, 450)
    assert blue.vehicles == red.vehicles
    assert blue.posture == red.posture
    assert lanchester.enclave is None
    assert not lanchester.air_forces


def test_lanchester_is_symmetric_and_square(lanchester):
    combat = lanchester.rules["combat"]
    assert combat["attr_W"].value == 1
    assert combat["cev_rg"].value == combat["cev_is_assault"].value
    assert combat["ru_desert"].value == combat["rc_desert"].value == combat["ri_desert"].value == 1
    assert lanchester.rules["morale"]["lam0"].value == 0
