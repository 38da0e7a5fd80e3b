"""Tempo: setbacks and cheap success bring the next attack nearer; a hollow front is gone through, a firm one is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.staff.assault import Assault, Choice, FrontMemory
from agents.staff.storm import carry_on
from agents.staff.tempo import FORGOTTEN_DAYS, HALF_LOST_KM2, HOLLOW, cost, ground_lost, haste, hasten, is_hollow, judge
from agents.tactics.mass_and_assault import goes_on
from model.ledger import Side
from tests.agents.test_shift_reserves import fronts

IS = int(Side.ISLAMIC_STATE)
PRESS, WIN, MOST = 1.25, 0.35, 4.0


def assault(rows, men, tier="raid"):
    return Assault(
        tier,
        "enclave",
        0,
        rows,
        starts=0,
        ends=9,
        svbieds=0,
        choice=Choice(1.0, -1, 0.0, {}, None),
        begun=True,
        sent=rows,
        men=men,
    )


def test_who_has_lost_nothing_and_won_nothing_keeps_to_his_gaps():
    assert haste(0.0, 0.0, PRESS, WIN, MOST) == 1.0


def test_half_of_the_haste_is_felt_at_its_half_point():
    assert haste(HALF_LOST_KM2, 0.0, PRESS, WIN, MOST) == pytest.approx(1.0 + PRESS / 2.0)


@given(lost=st.floats(0.0, 1e5), more=st.floats(0.0, 1e5), momentum=st.floats(-3.0, 9.0), win=st.floats(0.0, 3.0))
def test_haste_never_falls_with_setbacks_or_success_and_never_exceeds_the_most(lost, more, momentum, win):
    usual = haste(lost, momentum, PRESS, WIN, MOST)
    assert usual <= haste(lost + more, momentum, PRESS, WIN, MOST) <= MOST
    assert usual <= haste(lost, momentum + win, PRESS, WIN, MOST) <= MOST
    assert usual >= np.exp(-WIN)


def test_ground_lost_is_that_of_ninety_days_and_gains_do_not_count():
    campaign, commander = fronts()
    area = campaign.area_km2
    for day, held in enumerate([1000.0, *[900.0] * 90, 900.0]):
        area[IS] = held
        found = ground_lost(commander)
        assert found == (100.0 if 1 <= day <= 90 else 0.0)
    area[IS] = 2000.0
    assert ground_lost(commander) == 0.0


def test_a_day_of_haste_brings_what_is_due_nearer():
    campaign, commander = fronts()
    rules = campaign.rules.islamic_state
    quick, usual = FrontMemory("ring", due={"raid": 20.0}, momentum=3.0), FrontMemory("ring", due={"raid": 20.0})
    hasten(commander, {"a": quick, "b": usual})
    left = 3.0 * 0.5 ** (1.0 / FORGOTTEN_DAYS)
    assert quick.momentum == pytest.approx(left)
    assert quick.due["raid"] == pytest.approx(21.0 - haste(0.0, left, rules.haste_press, rules.haste_win, rules.haste_max))
    assert usual.due["raid"] == 20.0


@pytest.mark.parametrize(("won", "lost", "momentum"), [(True, 2, 1.0), (True, 30, 0.0), (False, 2, 0.0), (False, 30, -0.5)])
def test_he_judges_a_front_by_the_fire_he_meets(won, lost, momentum):
    campaign, commander = fronts()
    rows = np.flatnonzero(campaign.units["side"] == IS)[:1]
    raid = assault(rows, int(campaign.units["men"][rows].sum()))
    campaign.units["men"][rows] -= lost
    memory = FrontMemory("ring")
    judge(commander, memory, raid, won=won)
    assert cost(commander, raid) == pytest.approx(lost / raid.men)
    assert memory.momentum == momentum


def test_the_dead_of_a_unit_that_is_gone_count_among_the_cost():
    campaign, commander = fronts()
    rows = np.flatnonzero(campaign.units["side"] == IS)[:2]
    raid = assault(rows, int(campaign.units["men"][rows].sum()))
    campaign.units["alive"][rows[0]] = 0
    assert cost(commander, raid) == pytest.approx(campaign.units["men"][rows[0]] / raid.men)


@pytest.mark.parametrize(("successes", "so"), [(2, False), (3, True)])
def test_three_cheap_successes_a_fortnight_apart_make_a_front_hollow_and_two_do_not(successes, so):
    _, commander = fronts()
    rows = np.flatnonzero(commander.campaign.units["side"] == IS)[:1]
    raid = assault(rows, int(commander.campaign.units["men"][rows].sum()))
    memory = FrontMemory("ring")
    for k in range(successes):
        for _ in range(14 if k else 0):
            hasten(commander, {"ring": memory})
        judge(commander, memory, raid, won=True)
    assert is_hollow(memory) == so


@pytest.mark.parametrize(("tier", "momentum", "so"), [("raid", 0.0, False), ("raid", HOLLOW, True), ("grand", 0.0, True)])
def test_a_raid_goes_on_only_through_a_hollow_front(tier, momentum, so):
    memory = FrontMemory("ring", momentum=momentum)
    assert goes_on(memory, assault(np.zeros(0, dtype=np.int64), 0, tier)) == so
    assert is_hollow(memory) == (momentum >= HOLLOW)


@pytest.mark.parametrize(("tier", "momentum", "over"), [("raid", 0.0, True), ("raid", HOLLOW, False), ("district", 0.0, False)])
def test_raiders_are_gone_by_the_first_morning_but_from_a_hollow_front(tier, momentum, over):
    campaign, commander = fronts()
    rows = np.flatnonzero(campaign.units["side"] == IS)[-1:]
    attack = assault(rows, int(campaign.units["men"][rows].sum()), tier)
    attack.target, attack.starts = int(campaign.units["cell"][rows[0]]), campaign.turn
    attack.ends = campaign.turn + 40
    memory = FrontMemory("ring", assaults=[attack], momentum=momentum)
    list(carry_on(commander, memory, attack))
    assert (attack not in memory.assaults) == over


@pytest.mark.parametrize(("momentum", "stays"), [(0.0, 0), (HOLLOW, 1)])
def test_what_raiders_take_of_a_hollow_front_is_kept(momentum, stays):
    campaign, commander = fronts()
    rows = np.flatnonzero(campaign.units["side"] == IS)[-1:]
    attack = assault(rows, int(campaign.units["men"][rows].sum()))
    attack.target, attack.starts = int(campaign.units["cell"][rows[0]]), campaign.turn - 2 * campaign.turns_per_day
    memory = FrontMemory("ring", assaults=[attack], momentum=momentum)
    proposals = list(carry_on(commander, memory, attack))
    assert attack not in memory.assaults
    assert sum(proposal.post == attack.target for proposal in proposals) == stays
