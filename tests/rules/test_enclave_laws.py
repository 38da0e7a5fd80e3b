"""The enclave's people: food, hunger, flight, fire, and what follows when a quarter falls."""

import numpy as np
import pytest

from agents.place import Place
from model.ledger import Side
from model.rules import airdrop, civilians, conscription, massacre, shelling, siege
from model.subjects.quarters import Cause
from tests.rules.small_field import airlift, enclave, formation, quantity, rulebook, war


def besieged(days, *, seed=1, enemy=False, **changes):
    """Play days of a small enclave; return the campaign."""
    forces = {"government": [formation((8, 15), 300, units=3)]}
    if enemy:
        forces["islamic_state"] = [formation((12, 15), 100, vehicles={"mortars": 4})]
    rules = {name: changes.pop(name) for name in list(changes) if "__" in name}
    rules |= {"army__survive_men": 1.0, "drop__apt_t": 0.0}
    campaign = war(forces, seed, enclave=enclave(**changes), days=max(30, days), **rules)
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    campaign.enclave.lift.zone_cell, campaign.enclave.lift.zone_radius_km = int(campaign.units["cell"][0]), 2.0
    for _ in range(4 * days):
        campaign.step()
    return campaign


def fallen(campaign, days):
    """Let the west camp fall and days pass; return the enclave."""
    civilians.quarters_fall(campaign, "west_camp", int(Side.ISLAMIC_STATE))
    for _ in range(days):
        massacre.go_on(campaign)
    return campaign.enclave


def dead_of_hunger(tonnes, days=150):
    flight = {"flight": airlift(tonnes=quantity(tonnes, "t"))} if tonnes else {}
    return besieged(days, food=30, grain=0, airlifts=flight or {"none": airlift(chance=quantity(0, "share"))}).enclave.dead_hunger


@pytest.fixture(scope="module")
def hunger():
    return [dead_of_hunger(tonnes) for tonnes in (0.0, 1.5, 3.0, 6.0)]


def test_the_more_falls_from_the_sky_the_fewer_starve(hunger):
    assert hunger == sorted(hunger, reverse=True)
    assert hunger[0] > 1000.0
    assert hunger[-1] < 1.0


def test_without_food_bodies_waste_within_four_months():
    enclave_now = besieged(120, food=10, grain=0, airlifts={"none": airlift(chance=quantity(0, "share"))}).enclave
    assert enclave_now.bodies.mean() < 0.3
    assert enclave_now.ration < 0.3


def test_a_short_stock_is_cut_early_and_soldiers_eat_first():
    campaign = besieged(20, food=60, grain=0, airlifts={"flight": airlift(tonnes=quantity(2, "t"))})
    assert 0.0 < campaign.enclave.ration < 0.9
    assert campaign.enclave.soldier_ration >= campaign.enclave.ration
    assert campaign.enclave.food > 0.0


def test_plenty_is_eaten_in_full():
    campaign = besieged(20, food=4000)
    assert campaign.enclave.ration == campaign.enclave.soldier_ration == pytest.approx(1.0)
    assert campaign.enclave.dead_hunger == 0.0


def test_grain_is_given_out_little_by_little():
    campaign = besieged(10, grain=500)
    issued = 500 - campaign.enclave.grain
    assert 0.0 < issued <= 10 * campaign.rules.civil.grain_issue
    assert issued == pytest.approx(500 * (1 - (1 - 1 / campaign.rules.civil.grain_tau) ** 11), rel=0.15)


def test_mortars_in_range_kill_and_none_in_range_do_not():
    quiet, shelled = (besieged(10, enemy=enemy).enclave.dead_fire for enemy in (False, True))
    assert quiet == 0.0
    assert shelled > 0.0


def test_what_follows_when_a_quarter_falls():
    killed, abducted = [], []
    for seed in range(200):
        campaign = besieged(0, seed=seed, people=6500)
        e = fallen(campaign, days=1)
        first = e.dead_massacre
        fallen(campaign, days=int(campaign.rules.civil.mass_days))
        assert first == pytest.approx(e.dead_massacre / campaign.rules.civil.mass_days)
        assert e.civilians + e.quarters.behind + e.dead_massacre + e.abducted - e.freed == pytest.approx(6500.0)
        killed.append(e.dead_massacre)
        abducted.append(e.abducted)
    for _ in range(60):
        massacre.go_on(campaign)
    rules = campaign.rules.civil
    assert np.mean(killed) == pytest.approx(6500 * rules.mass_kill, rel=0.15)
    assert np.mean(abducted) == pytest.approx(6500 * rules.mass_abd, rel=0.15)
    assert np.corrcoef(killed, abducted)[0, 1] < 0.3  # each has its own luck
    assert e.freed == pytest.approx(rules.abd_back * e.abducted, rel=1e-3)
    assert e.civilians == 0.0  # nowhere to flee: all are behind the lines


def test_people_flee_to_quarters_still_held_and_come_back_to_life_when_it_is_retaken():
    two = {"camp": {"place": "west_camp", "people": 4000}, "cross": {"place": "crossroads", "people": 2000}}
    campaign = besieged(0, people=6000, quarters=two)
    e = fallen(campaign, days=1)
    flee = campaign.rules.civil.mass_flee
    assert e.quarters.people[1] == pytest.approx(2000 + flee * 4000, rel=0.05)
    assert e.civilians == e.quarters.people[1]
    killed = e.dead_massacre
    civilians.quarters_fall(campaign, "west_camp", int(Side.GOVERNMENT))
    massacre.go_on(campaign)
    assert e.dead_massacre == killed > 0.0  # ends when the place is retaken
    assert e.civilians == pytest.approx(e.quarters.people.sum())
    assert [chapter.side for chapter in e.quarters.history["west_camp"]] == [Side.ISLAMIC_STATE, Side.GOVERNMENT]


def test_what_happens_in_a_quarter_is_shown():
    campaign = besieged(0, people=50_000)
    fallen(campaign, days=3)
    shown = campaign.frame().quarters[0]
    assert (shown.place, shown.side) == ("west_camp", Side.ISLAMIC_STATE)
    assert shown.people == round(campaign.enclave.quarters.behind)
    assert shown.dead == (("massacre", int(Side.ISLAMIC_STATE), round(campaign.enclave.dead_massacre)),)
    assert shown.history == (("2016-05-11", int(Side.ISLAMIC_STATE), "taken by islamic state"),)
    place = next(face for face in campaign.agents_by_type[Place] if face.id == "west_camp")
    assert (place.owner, place.civilians) == (Side.ISLAMIC_STATE, campaign.enclave.quarters.behind)
    assert place.history == tuple(campaign.enclave.quarters.history["west_camp"])


@pytest.mark.parametrize("side", [Side.GOVERNMENT, Side.SDF])
def test_strikes_kill_civilians_beside_the_target_and_are_counted_by_whose_they_were(side):
    campaign = besieged(0, people=10_000, civil__civ_km2=10.0)
    e, cell = campaign.enclave, int(campaign.enclave.quarters.cells[0])
    civilians.hit_civilians(campaign, cell, 10, int(side))
    civilians.hit_civilians(campaign, cell + 5, 10, int(side))
    assert e.dead_fire == pytest.approx(campaign.rules.air.civ_strike * 10 * 1.0)  # 1,000 people live on one cell
    assert e.quarters.dead[Cause.AIR, side].sum() == e.dead_fire
    assert e.civilians == pytest.approx(10_000 - e.dead_fire)


def test_shelling_by_pieces_range_people_and_attack():
    def dead(*, mortars, at=(12, 15), attacked=False, people=10_000):
        guns = [formation(at, 100, vehicles={"mortars": mortars})]
        campaign = war({"government": [formation((8, 15), 300)], "islamic_state": guns}, enclave=enclave(people))
        campaign.enclave.attacked = attacked
        shelling.shell_quarters(campaign)
        assert campaign.enclave.quarters.dead[Cause.SHELLING, Side.ISLAMIC_STATE].sum() == campaign.enclave.dead_fire
        return campaign.enclave.dead_fire

    civil = rulebook()["civil"]
    one = dead(mortars=1)
    assert one == pytest.approx(civil["shell_civ"].value)
    assert dead(mortars=4) == pytest.approx(4 * one)
    assert dead(mortars=1, people=30_000) == pytest.approx(3 * one)
    assert dead(mortars=1, attacked=True) == pytest.approx(one * civil["shell_assault"].value)
    assert dead(mortars=4, at=(30, 15)) == 0.0


def test_a_strong_attack_is_noted_and_a_raid_is_not():
    campaign = besieged(0)
    for name, value in {"cell": campaign.enclave.quarters.cells[0], "attacker": 2, "defender": 1, "attack_men": 350.0}.items():
        campaign.report[name][0] = value
    campaign.battles = 1
    shelling.note_attack(campaign)
    assert not campaign.enclave.attacked
    campaign.report[1] = campaign.report[0]
    campaign.battles = 2  # 700 men on two blocks
    shelling.note_attack(campaign)
    assert campaign.enclave.attacked


def test_conscripts_join_the_weakest_militia_and_the_others_and_bring_their_training():
    forces = {"government": [formation((8, 15), 300, units=3), formation((8, 15), 200, units=2, quality="ndf")]}
    campaign = war(forces, enclave=enclave(100_000), civil__conscript_rate=0.003)
    campaign.layers.control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    siege.encircle(campaign)
    units, rate = campaign.units, 0.003 / 30.4 * 100_000
    units["men"][4] = 50
    before, train = units["men"].copy(), float(units["train"][4])
    for _ in range(40):
        conscription.draft(campaign)
    e, share = campaign.enclave, campaign.rules.civil.mil_share_ndf
    came = units["men"] - before
    militia = units["quality"] == conscription.MILITIA
    assert came.sum() == e.conscripted == units["joined"].sum()
    assert came[militia].sum() == pytest.approx(40 * rate * share * 2 * units["resolve"][4], rel=0.1)
    assert came[~militia].sum() == pytest.approx(40 * rate * (1 - share), rel=0.1)
    assert came[4] > 50  # the weakest first
    raw = campaign.rules.civil.conscript_train
    assert units["train"][4] < train
    assert units["train"][4] > raw
    assert e.civilians == pytest.approx(100_000 - e.conscripted)


def test_no_more_are_conscripted_than_the_cap():
    campaign = besieged(0, people=5000, civil__conscript_cap=0.001)
    siege.encircle(campaign)
    for _ in range(300):
        conscription.draft(campaign)
    assert campaign.enclave.conscripted <= 0.001 * 5000 + 2


def test_what_soldiers_eat_of_the_aid_is_counted():
    aid, none = (besieged(10, airlifts={"flight": airlift(aid=aid)}).enclave for aid in (True, False))
    assert none.aid_to_army == 0.0
    assert 0.0 < aid.aid_to_army <= 10 * 0.3  # no more than 300 soldiers eat
    assert aid.food == none.food


def test_a_garrison_without_food_melts_away():
    hungry = besieged(
        90, food=0, grain=0, local_food=quantity(0, "t/day"), airlifts={"none": airlift(chance=quantity(0, "share"))}
    )
    fed = besieged(90, food=4000)
    assert hungry.enclave.garrison < 60
    assert fed.enclave.garrison >= 300
    assert hungry.enclave.manpower.now()["hunger"] < -200
    assert fed.enclave.manpower.now()["hunger"] == 0
    assert int(hungry.enclave.manpower.flows.sum()) == hungry.enclave.garrison  # nobody was besieged before the ground was given


@pytest.mark.parametrize(("place", "to"), [("crossroads", Side.ISLAMIC_STATE), ("west_camp", Side.GOVERNMENT)])
def test_nothing_follows_for_empty_ground_or_when_it_is_freed(place, to):
    campaign = besieged(0)
    civilians.quarters_fall(campaign, place, int(to))
    assert campaign.enclave.dead_massacre == campaign.enclave.abducted == 0.0


def test_pieces_of_the_enclave_are_counted_and_their_men_besieged():
    campaign = war(
        {"government": [formation((8, 15), 300, units=3), formation((30, 15), 90)], "islamic_state": [formation((20, 15), 100)]},
        enclave=enclave(),
    )  # fmt: skip
    control = campaign.layers.control
    control[campaign.theatre.inside == 1] = Side.GOVERNMENT
    control[(np.arange(control.size) % campaign.theatre.width == 21) & (campaign.theatre.inside == 1)] = Side.ISLAMIC_STATE
    siege.encircle(campaign)
    e = campaign.enclave
    assert (e.components, e.garrison, e.largest) == (2, 390, 300)
    assert e.cells == 39 * 30
    assert campaign.units["besieged"][:5].tolist() == [1, 1, 1, 1, 0]


def test_the_airport_follows_the_guns():
    def state(gun_at):
        guns = [formation(gun_at, 40, vehicles={"guns": 2})] if gun_at else []
        campaign = war({"government": [formation((8, 15))], "islamic_state": [formation((38, 2), 40), *guns]}, enclave=enclave())
        campaign.layers.control[campaign.airport_cell] = Side.GOVERNMENT
        for _ in range(int(campaign.rules.drop.apt_clear_days)):
            airdrop._watch_runway(campaign)
        return campaign.enclave.airport

    assert state(None) == "fixed wing"
    assert state((13, 15)) == "helicopters by night"
    assert state((10, 15)) == "shut"
