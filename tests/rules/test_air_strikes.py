"""Air: what strikes do by target and by whose troops are near, whom they hit by mistake, and what the patrons agree."""

import numpy as np
import pytest

from model.chance import Chance
from model.inputs import Bombing
from model.ledger import Order, Side
from model.quantities import Vehicles
from model.rules import air, air_strikes, cooperation, flak, sharing
from model.rules.air import Tasking, Wing
from tests.rules.small_field import START, cell, formation, ground, war

STRIKES = 40.0  # a turn
ROWS = 20


def sky(
    *, own=None, enemy=(20, 15), vehicles=None, fort=0, controllers=0.0, side=Side.GOVERNMENT, own_side="government", **settings
):
    """Return a campaign with one wing over an enemy formation that everybody has just seen."""
    forces = {"islamic_state": [formation(enemy, 2000, units=4, fort=fort, vehicles=vehicles or Vehicles())]}
    forces[own_side] = [formation(own or (5, 5), 100)]
    campaign = war(forces, **settings)
    units = campaign.units
    foes = units["side"] == Side.ISLAMIC_STATE
    for viewer in (Side.GOVERNMENT, Side.SDF):
        seen = campaign.seen[viewer]
        seen["turn"][foes], seen["cell"][foes], seen["men"][foes] = 0, units["cell"][foes], 500.0
    campaign.layers.occupy(units)
    wing = Wing("wing", "Wing", int(side), 4 * STRIKES, 1.0, 1.0, 1.0, 0.5, 0.9)
    wing.taskings = [Tasking(cell(campaign, *enemy), 5.0, 4 * STRIKES, controllers=controllers)]
    campaign.wings = [wing]
    return campaign, wing


def flown(campaign, turns=ROWS):
    """Fly mornings again and again (nobody moves, men are put back) and return the day's sums."""
    sums = np.zeros(6)
    before = campaign.units.copy()
    for _ in range(turns):
        campaign.turn = 0
        air.strike(campaign)
        task = campaign.sky.tasks[0]
        sums += [float(task[name]) for name in ("flown", "found", "killed", "own", "own_killed", "wrecked")]
        campaign.units[:] = before
    return dict(zip(("flown", "found", "killed", "own", "own_killed", "wrecked"), sums, strict=True))


def killed_per_find(**settings):
    campaign, _ = sky(**settings)
    sums = flown(campaign)
    return sums["killed"] / sums["found"]


def test_strikes_find_and_kill_at_their_means():
    campaign, wing = sky(air__air_kill=2.0)
    sums = flown(campaign)
    assert sums["flown"] == STRIKES * ROWS
    n = sums["flown"]
    assert sums["found"] / n == pytest.approx(wing.find, abs=4 * np.sqrt(0.25 / n))
    assert sums["killed"] / sums["found"] == pytest.approx(2.0, rel=0.25)


def test_controllers_find_more():
    campaign, wing = sky(controllers=1.0)
    sums = flown(campaign)
    assert sums["found"] / sums["flown"] == pytest.approx(wing.find_fac, abs=0.05)


def test_the_target_decides():
    theatre = ground()
    line, column = divmod(int(np.flatnonzero(theatre.road > 0)[20]), theatre.width)
    moving = sky(enemy=(column - 1, line - 1), air__air_kill=2.0)[0]
    moving.units["order"] = Order.MARCH
    road = flown(moving)
    moving.units["order"] = Order.HOLD
    halted = flown(moving)
    assert road["killed"] / road["found"] > halted["killed"] / halted["found"]
    assert killed_per_find(air__air_kill=2.0) > killed_per_find(air__air_kill=2.0, fort=2)


def test_troops_nearby_make_a_strike_weaker_and_controllers_help():
    far = killed_per_find(air__air_kill=2.0)
    close = {"own": (21, 15), "air__frat_nofac": 0.0, "air__frat_fac": 0.0, "air__air_kill": 2.0}
    blind, led = killed_per_find(**close), killed_per_find(controllers=1.0, **close)
    assert far > led > blind
    assert blind / far == pytest.approx(0.4, abs=0.15)


def suppressed(controllers, *, find=0.0, fighting=True, weapons=1.0):
    """Return the suppression of four enemy units after two strikes."""
    campaign, wing = sky(controllers=controllers)
    wing.find = wing.find_fac = find
    wing.weapons = weapons
    foes = campaign.units["side"] == Side.ISLAMIC_STATE
    campaign.units["engaged"][foes] = 2 if fighting else 0
    wing.taskings[0].strikes = 8.0
    air.strike(campaign)
    return campaign.units["sup"][foes]


def test_under_controllers_a_strike_that_hits_nobody_suppresses_troops_in_contact():
    assert suppressed(1.0, find=1e-9) == pytest.approx(0.12)  # two strikes this turn, .06 each
    assert suppressed(1.0, find=1e-9, weapons=3.0) == pytest.approx(0.36)
    assert suppressed(0.0, find=1e-9) == pytest.approx(0.0)
    assert suppressed(1.0, find=1e-9, fighting=False) == pytest.approx(0.0)


def test_a_strike_suppresses_all_within_two_km_and_never_wholly():
    assert suppressed(0.0, find=1.0) == pytest.approx(0.12)
    assert suppressed(1.0, find=1.0, weapons=20.0) == pytest.approx(0.8)


def test_controllers_send_aircraft_to_those_who_fight():
    campaign, wing = sky(controllers=1.0)
    wing.find_fac = 1.0
    foes = np.flatnonzero(campaign.units["side"] == Side.ISLAMIC_STATE)
    campaign.units["engaged"][foes[2]] = 2
    air.strike(campaign)
    killed = campaign.units["killed"][foes]
    assert killed[2] == killed.sum() > 0


def test_friends_are_hit_only_where_they_are_close_and_less_often_under_co_operation():
    assert flown(sky()[0])["own"] == 0
    rates = []
    for level in ("none", "parallel", "coordinated"):
        sums = flown(sky(own=(21, 15), air__frat_nofac=0.5, patrons__cooperation=level)[0], 40)
        assert sums["own"] > 0
        rates.append(sums["own"] / (sums["own"] + sums["found"] - sums["own"]))
    assert rates == sorted(rates, reverse=True)
    assert rates[0] == pytest.approx(0.5, abs=0.06)
    assert rates[2] == pytest.approx(0.15, abs=0.06)


def test_men_hit_by_mistake_are_in_the_books():
    campaign, wing = sky(own=(21, 15), air__frat_nofac=1.0, air__air_kill=3.0)
    start = campaign.units["men"].astype(int) + 0
    for turn in range(4):
        campaign.turn = turn
        air.strike(campaign)
    units = campaign.units
    assert wing.own_killed > 0
    assert (units["men"] + units["killed"] + units["wounded"] == start).all()
    assert any("by mistake" in event.text for event in campaign.events)


def test_the_belt_follows_the_first_mistake_not_a_date():
    campaign, wing = sky(own=(24, 15), side=Side.SDF)
    assert cooperation.belt_cells(campaign, wing.side) == 0.0
    assert flown(campaign)["found"] > 0
    cooperation.admit_mistake(campaign, int(Side.GOVERNMENT), int(Side.GOVERNMENT))
    assert not campaign.mistaken
    cooperation.admit_mistake(campaign, wing.side, int(Side.GOVERNMENT))
    assert cooperation.belt_cells(campaign, wing.side) == 10.0
    assert flown(campaign)["found"] == 0
    assert campaign.sky.tasks[0]["called_off"] > 0
    assert cooperation.belt_cells(campaign, int(Side.GOVERNMENT)) == 0.0


def test_a_dated_bombing_by_mistake_begins_the_belt():
    from tests.rules.test_calendar import days_of

    bomb = Bombing(kind="bombing", air_force="coalition_air", place="west_camp", strikes=6, on="government", within_km=5,
                   date=START, basis="made up for the trial")  # fmt: skip
    campaign, _ = days_of({"bomb": bomb}, 1)
    assert campaign.mistaken


def test_vehicles_burn_in_the_open():
    campaign, _ = sky(vehicles=Vehicles(technicals=200), air__air_kill=3.0)
    sums = flown(campaign)
    assert sums["wrecked"] / sums["killed"] == pytest.approx(0.25, abs=0.06)
    assert flown(sky(vehicles=Vehicles(technicals=200), fort=2)[0])["wrecked"] == 0


def test_few_fly_in_a_storm_and_in_the_dark():
    campaign, wing = sky()
    campaign.weather.kind = "storm"
    assert flown(campaign)["flown"] == pytest.approx(STRIKES * ROWS * campaign.rules.air.storm_air, rel=0.1)
    campaign.weather.kind, wing.night = "clear", 0.3
    campaign.turn = 0
    air.strike(campaign)
    day = campaign.sky.tasks[0]["flown"]
    campaign.turn = 2
    air.strike(campaign)
    assert campaign.sky.tasks[0]["flown"] - day == pytest.approx(0.3 * STRIKES, abs=1)


def test_missiles_take_low_aircraft_and_their_sorties():
    campaign, wing = sky(air__manpads=0.05)
    wing.aircraft, wing.height_m, full = 20, 3000.0, wing.strikes_today
    flak.meet_missiles(campaign, [100.0])
    assert 1 <= wing.lost <= 15
    assert wing.strikes_today == pytest.approx(full * (1 - wing.lost / 20))
    lost, wing.height_m = wing.lost, 5000.0
    flak.meet_missiles(campaign, [1e6])
    assert wing.lost == lost


@pytest.mark.parametrize(("n", "p"), [(10, 0.15), (40, 0.4), (200, 0.05)])
def test_the_binomial_is_one(n, p):
    drawn = np.array([air_strikes.binomial(n, p, die) for die in (np.arange(4000) + 0.5) / 4000])
    assert drawn.mean() == pytest.approx(n * p, rel=0.01)
    assert drawn.var() == pytest.approx(n * p * (1 - p), rel=0.05)
    assert (air_strikes.binomial(n, 0.0, 0.9), air_strikes.binomial(n, 1.0, 0.1)) == (0, n)


def test_the_negative_binomial_has_its_mean_and_spread():
    dice = Chance(1)["trial"].random((20_000, 2))
    drawn = np.array([air_strikes.negative_binomial(3.0, 0.7, a, b) for a, b in dice])
    assert drawn.mean() == pytest.approx(3.0, rel=0.06)
    assert drawn.var() > 2.0 * drawn.mean()


def test_moscows_push_begins_on_its_day():
    campaign, _ = sky(patrons__rp_from=30, patrons__rp_sorties_x=2.0, patrons__rp_controllers=0.6, patrons__rp_withdraw=0.5)
    before, after = cooperation.push_of(campaign.rules, 29), cooperation.push_of(campaign.rules, 30)
    assert (before.sorties, before.withdrawals) == (1.0, 1.0)
    assert (after.sorties, after.controllers, after.withdrawals) == (2.0, 0.6, 0.5)


def test_contacts_are_shared_at_their_rate():
    for level, told in (("none", 0.0), ("parallel", 0.2), ("coordinated", 0.6)):
        campaign, _ = sky(patrons__cooperation=level)
        seen = campaign.seen
        learned = 0
        for day in range(400):
            campaign.turn = 4 * day
            seen["turn"][Side.GOVERNMENT], seen["turn"][Side.SDF] = 1, -1
            campaign.chance.turn = campaign.turn
            sharing.share(campaign)
            learned += int((seen["turn"][Side.SDF] == 1).sum())
        foes = int((campaign.units["side"] == Side.ISLAMIC_STATE).sum())
        assert learned / (400 * foes) == pytest.approx(told, abs=0.05)


def test_army_and_sdf_halt_apart_on_one_bank():
    for km, halts in ((4, True), (9, False)):
        forces = {"government": [formation((20, 15), 100)], "sdf": [formation((20 + km, 15), 100)]}
        campaign = war(forces)
        campaign.send(0, cell(campaign, 28, 15) if km == 4 else cell(campaign, 29, 15), Order.MARCH)
        cooperation.keep_terms(campaign)
        assert (campaign.units["order"][0] == Order.HOLD) == halts
        away = war(forces)
        away.send(0, cell(away, 5, 15), Order.MARCH)
        cooperation.keep_terms(away)
        assert away.units["order"][0] == Order.MARCH


def test_who_is_grounded_by_a_date_does_not_surge():
    _, wing = sky()
    wing.sorties, wing.fixed = 10.0, None
    assert wing.surged(3.0) == pytest.approx(3.0 * wing.strikes_today)
    wing.fixed = 0.0
    assert wing.surged(3.0) == 0.0
