"""Lines of communication on the open field's cross of roads: how they are cut, and what a cut costs."""

import datetime as dt

import numpy as np
import pytest

from agents.muster import muster
from model.inputs import Reinforcement, Withdrawal
from model.ledger import Order, Side
from model.lines import Line
from model.rules.air import Wing
from model.rules.communications import NO_ROUTE_DAYS, road_days, watch, workshops_supplied
from model.rules.supply import trace
from model.rules.transit import cut_share, shift, slowed
from model.scenario import Lifeline
from model.subjects.communications import Passage
from tests.rules.small_field import BASIS, START, cell, formation, scenario

IS = int(Side.ISLAMIC_STATE)
LINES = {
    "main": Line(side="islamic_state", title="the main road", via=("west_camp", "crossroads", "east_camp")),
    "track": Line(side="islamic_state", title="the track", via=("crossroads", "north")),
}
LIFELINE = Lifeline(
    side="islamic_state", capital="west_camp", within_km=3.0, borders=("east", "north"), workshops=("main", "track"),
    fades_with="siege",
)  # fmt: skip
SIEGE = Withdrawal(
    kind="withdrawal", date=START + dt.timedelta(days=10), until=START + dt.timedelta(days=110), force="islamic_state",
    men=0, basis=BASIS,
)  # fmt: skip


def roads(inputs=None, **settings):
    """Return a campaign whose whole field is the Islamic State's: a capital in the west, borders in the east and north."""
    at_home = [formation((8, 15), 400, 4, posture="rest").model_copy(update={"sector": "west"}),
               formation((31, 15), 100, 1, posture="rest").model_copy(update={"sector": "east"})]  # fmt: skip
    situation = scenario({"islamic_state": at_home}, inputs={"siege": SIEGE} | (inputs or {}), **settings)
    campaign = muster(situation.model_copy(update={"lines": LINES, "lifeline": LIFELINE}), 1)
    campaign.layers.control[:] = IS
    return morning(campaign)


def morning(campaign, days=0):
    """Let some days pass, and watch the roads on the morning after."""
    campaign.turn += days * campaign.turns_per_day
    trace(campaign)
    watch(campaign)
    return campaign


def hold(campaign, column, row, side=Side.GOVERNMENT):
    """Give a cell to a side."""
    campaign.layers.control[cell(campaign, column, row)] = side


def test_a_line_runs_from_place_to_place():
    lines = roads().communications.lines
    km = roads().theatre.graph.edge_km
    assert km[lines["main"].edges].sum() == pytest.approx(23.0, abs=0.1)
    assert km[lines["track"].edges].sum() == pytest.approx(14.5, abs=0.1)


def test_enemy_ground_cuts_a_line_and_only_that_line():
    campaign = roads()
    lines = campaign.communications.lines
    assert {line.state for line in lines.values()} == {Passage.OPEN}
    hold(campaign, 25, 15)
    morning(campaign, 1)
    assert (lines["main"].state, lines["track"].state) == (Passage.CUT, Passage.OPEN)
    hold(campaign, 25, 15, Side.ISLAMIC_STATE)
    morning(campaign, 1)
    assert lines["main"].state == Passage.OPEN
    assert (lines["main"].days_cut, lines["main"].times_cut, lines["track"].days_cut) == (1, 1, 0)
    assert [state for _, state in lines["main"].history] == [Passage.OPEN, Passage.CUT, Passage.OPEN]
    assert lines["main"].first_cut == START + dt.timedelta(days=1)


def test_nobodys_ground_does_not_cut_but_counts_for_nobody():
    campaign = roads()
    km = campaign.communications.route.km_held
    assert km == pytest.approx(23.0 + 14.5, abs=0.2)
    hold(campaign, 25, 15, Side.NOBODY)
    morning(campaign, 1)
    assert campaign.communications.lines["main"].state == Passage.OPEN
    assert campaign.communications.route.km_held < km


def test_an_enemys_zone_threatens_and_a_raid_cuts_for_as_long_as_it_says():
    campaign = roads()
    main = campaign.communications.lines["main"]
    campaign.layers.zoc[cell(campaign, 25, 15)] = 1 << Side.GOVERNMENT
    morning(campaign, 1)
    assert main.state == Passage.THREATENED
    assert main.days_threatened == 1
    campaign.layers.zoc[:] = 0
    campaign.shut_until[IS, main.edges[2]] = campaign.day + 3
    assert [morning(campaign, 1) and main.state for _ in range(4)] == [Passage.CUT, Passage.CUT, Passage.OPEN, Passage.OPEN]


def test_a_cut_is_told_when_it_has_stood_for_three_days():
    campaign = roads()
    hold(campaign, 25, 15)
    told = []
    for _ in range(5):
        campaign.events.clear()
        morning(campaign, 1)
        told.append([event.text for event in campaign.events])
    assert told == [[], [], ["The main road is cut near Crossroads."], [], []]


def test_the_way_round_is_longer_and_without_any_the_graph_is_cut():
    campaign = roads()
    route = campaign.communications.route
    graph = campaign.theatre.graph
    straight = campaign.edge_days[:5].sum() - campaign.edge_days[:2].sum() + campaign.edge_days[14:17].sum()
    east = campaign.edge_days[2:10].sum()
    assert route.travel_days == pytest.approx(min(straight, east))
    hold(campaign, 20, 25)  # on the track to the north
    morning(campaign, 1)
    assert route.joined
    assert route.travel_days == pytest.approx(east)
    hold(campaign, 25, 15)
    morning(campaign, 1)
    assert not route.joined
    assert route.travel_days == NO_ROUTE_DAYS
    assert (route.days_cut, route.first_cut) == (1, campaign.when.date())
    assert graph.node_name[route.capital] == "west_camp"


def test_a_capital_without_its_country_is_lost_not_cut_off():
    campaign = roads()
    for column in range(4, 14):
        for row in range(10, 21):
            hold(campaign, column, row)
    morning(campaign, 1)
    assert campaign.communications.route.lost
    assert not campaign.communications.route.joined


def test_ways_are_found_again_only_when_a_road_was_won_or_lost():
    campaign = roads()
    route = campaign.communications.route
    route.days[route.capital] = 77.0
    morning(campaign, 1)
    assert route.travel_days == 77.0
    hold(campaign, 25, 15)
    morning(campaign, 1)
    assert route.travel_days < 1.0


def test_road_days_grow_with_distance_and_end_at_an_enemy():
    campaign = roads()
    node = campaign.theatre.node_of_cell
    days = road_days(campaign, IS, cell(campaign, 8, 15))
    assert 0.0 == days[node[cell(campaign, 8, 15)]] < days[node[cell(campaign, 20, 15)]] < days[node[cell(campaign, 31, 15)]]
    hold(campaign, 25, 15)
    assert np.isinf(road_days(campaign, IS, cell(campaign, 8, 15))[node[cell(campaign, 31, 15)]])


def cut(campaign):
    """Cut the main road and the track at the crossroads."""
    hold(campaign, 20, 15)
    return morning(campaign, 1)


def test_what_a_cut_is_worth_fades_with_the_siege():
    campaign = roads()
    assert cut_share(campaign, IS) == 0.0
    cut(campaign)
    fade = campaign.rules.islamic_state.lmc_fade
    shares = []
    for day in (5, 10, 60, 110, 200):
        campaign.turn = day * campaign.turns_per_day
        shares.append(cut_share(campaign, IS))
    assert shares == pytest.approx([1.0, 1.0, (1.0 + fade) / 2, fade, fade])
    assert cut_share(campaign, Side.GOVERNMENT) == 0.0


def test_workshops_build_less_only_while_all_their_lines_are_cut():
    campaign = roads()
    assert workshops_supplied(campaign) == 1.0
    hold(campaign, 25, 15)
    morning(campaign, 1)
    assert workshops_supplied(campaign) == 1.0
    hold(campaign, 20, 25)
    morning(campaign, 1)
    assert workshops_supplied(campaign) == campaign.rules.svbied.sv_cut < 1.0


def test_a_shift_over_open_roads_sets_out_at_once():
    campaign = roads()
    shift(campaign, 0, "east", days=2.0)
    assert campaign.units["order"][0] == Order.MARCH
    assert campaign.units["goal"][0] == campaign.units["cell"][4]
    assert campaign.communications.men_shifted == 100


def test_with_the_graph_cut_it_waits_as_long_as_the_longer_journey_takes():
    campaign = cut(roads(islamic_state__cut_mult=2.5))
    shift(campaign, 0, "east", days=2.0)
    assert campaign.units["order"][0] == Order.HOLD
    shift(campaign, 0, "east", days=2.0)  # a second order changes nothing
    setting_out = [morning(campaign, 1) and int(campaign.units["order"][0]) for _ in range(3)]
    assert setting_out == [Order.HOLD, Order.HOLD, Order.MARCH]
    assert campaign.communications.transit_days == pytest.approx(100 * 2.0 * 2.5)


@pytest.mark.parametrize(("is_cut", "rate"), [(False, "interdict"), (True, "interdict_cut")])
def test_aircraft_take_their_share_of_a_shift(is_cut, rate):
    campaign = roads(islamic_state__interdict=0.1, islamic_state__interdict_cut=0.3, islamic_state__cut_mult=1.0)
    if is_cut:
        cut(campaign)
    campaign.units["men"][0] = campaign.units["men0"][0] = 10_000
    campaign.wings = [Wing("air", "aircraft", int(Side.SDF), 5.0, 1.0, 1.0, 1.0, 0.4)]
    shift(campaign, 0, "east", days=1.0)
    share = getattr(campaign.rules.islamic_state, rate)
    assert campaign.communications.men_lost == pytest.approx(10_000 * share, rel=0.1)
    units = campaign.units
    assert int(units["men"][0] + units["killed"][0] + units["wounded"][0]) == 10_000


def test_no_aircraft_no_loss():
    campaign = roads(islamic_state__interdict=0.5)
    shift(campaign, 0, "east", days=1.0)
    campaign.wings = [Wing("air", "aircraft", int(Side.SDF), 5.0, 1.0, 1.0, 1.0, 0.4)]
    campaign.weather.kind = "storm"
    shift(campaign, 1, "east", days=1.0)
    assert campaign.communications.men_lost == 0


def arrival():
    """Return an input that brings men in by the eastern edge, for the western sector."""
    return Reinforcement(
        kind="reinforcement", date=START + dt.timedelta(days=1), force="islamic_state", place="east", men=100, units=1,
        sector="west", basis=BASIS,
    )  # fmt: skip


def test_men_from_outside_come_by_the_edge_and_go_on_to_their_sector():
    campaign = roads({"men": arrival()})
    for _ in range(2 * campaign.turns_per_day):
        campaign.step()
    assert campaign.communications.men_from_outside == 100
    new = int(np.flatnonzero(campaign.units["joined"] > 0)[0])
    assert campaign.units["home"][new] == campaign.units["home"][0]


def test_nobody_comes_in_while_no_road_leads_to_their_sector():
    campaign = roads({"men": arrival()})
    hold(campaign, 25, 15)
    for _ in range(2 * campaign.turns_per_day):
        campaign.step()
        hold(campaign, 25, 15)
    assert campaign.communications.men_from_outside == 0
    assert campaign.owed["men"] == 100


def test_one_border_shut_of_two_slows_by_half_and_keeps_recruits_from_afar_away():
    campaign = roads()
    assert slowed(campaign, IS) == 1.0
    graph = campaign.theatre.graph
    north = graph.exits["north"]
    campaign.shut_until[IS][(graph.edge_a == north) | (graph.edge_b == north)] = 1e9
    morning(campaign, 1)
    assert campaign.communications.route.joined
    assert cut_share(campaign, IS) == pytest.approx(0.5)
    assert slowed(campaign, IS) == pytest.approx(1.0 + 0.5 * (campaign.rules.islamic_state.cut_mult - 1.0))
