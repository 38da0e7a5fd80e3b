"""Every tactic counts: without it orders are others within 60 days. And a new one is a file and a line."""

from functools import cache

import pytest

import agents.tactics
from agents.commander import TACTICS
from agents.muster import muster, open_campaign
from agents.tactics import tactics_in
from model.configuration.loading import load
from model.ledger import Order
from model.scenario import Doctrine
from tests.rules.small_field import BASIS, formation, scenario

DAYS = 60
WAR = "deir_ez_zor_2016"
LATER = {
    ("islamic_state", "shift_reserves"): "0 of 10: who rests digs in within days, and stays; men move once others have come",
    ("republican_guard", "win_back"): "1 of 10: a post must have been lost for two weeks, and the enemy there be weak again",
    ("sdf", "bring_up_the_reserve"): "0 of 10: it holds its stop lines in the first summer; nobody is to be brought up",
    ("relief_column", "clear_the_base"): "2 of 10: clearing begins when the hills are full and men are free",
    ("relief_column", "clear_the_road"): "7 of 10: the road to Palmyra is mostly open",
    ("relief_column", "cross_the_river"): "0 of 10: its second axis opens with the relief; see ELSEWHERE",
    ("relief_column", "advance_in_bounds"): "0 of 10: too few men for a bound in the first summer",
    ("sdf", "cross_the_river"): "0 of 10: the river bars the west bank only, which is not thought of yet",
    ("ndf", "counter_attack"): "0 of 10: no post of the irregulars is lost so early",
    ("ndf", "reinforce_neighbour"): "2 of 10: no street is pressed enough",
    ("ndf", "return_to_post"): "3 of 10: nobody has left his post",
}
"""What does not count in eight of ten wars within 60 days of May 2016 (measured with seeds 1-10), and why."""
ELSEWHERE = {
    ("republican_guard", "win_back"): ("deir_ez_zor_2016", 125, 2),
    ("sdf", "bring_up_the_reserve"): ("raqqa_or_deir", 3, 1),
    ("relief_column", "clear_the_road"): ("relief_2017", 10, 1),
    ("relief_column", "cross_the_river"): ("relief_2017", 45, 1),
    ("relief_column", "advance_in_bounds"): ("relief_2017", 5, 1),
    ("ndf", "reinforce_neighbour"): ("january_2017", 8, 9),
    ("ndf", "return_to_post"): ("january_2017", 10, 1),
}
"""Where, within how many days and with which seed they do count; in each of four wars (seeds 1-4), but for posts won back (in
two of four within 150 days) and the irregulars' help to a neighbour: in two of twelve wars of January 2017, for empty posts
are manned again before their streets are pressed."""
PAIRS = [(name, tactic) for name, doctrine in load(WAR).doctrine.items() for tactic in doctrine.tactics]
EARLY = [pair for pair in PAIRS if pair not in LATER]


def orders(campaign):
    """Return what commanders have ordered as it stands: units, aircraft, drops."""
    units, lift = campaign.units, campaign.siege.lift
    tasks = tuple((task.cell, round(task.strikes, 6)) for wing in campaign.wings for task in wing.taskings)
    return units["order"].tobytes(), units["goal"].tobytes(), units["home"].tobytes(), tasks, lift.zone_cell, lift.load


def without(name, tactic, war=WAR):
    """Return the setting that takes a tactic from a doctrine."""
    return f"doctrine.{name}.tactics=[{', '.join(one for one in load(war).doctrine[name].tactics if one != tactic)}]"


def daily(seed, *settings, war=WAR, days=DAYS):
    """Play a war; yield its orders each evening."""
    campaign = open_campaign(war, settings, seed)
    for _ in range(days):
        for _ in range(campaign.turns_per_day):
            campaign.step()
        yield hash(orders(campaign))


@cache
def whole(seed):
    """Return the orders of every evening with all tactics."""
    return tuple(daily(seed))


def differs_by(seed, name, tactic):
    """Return the day on which orders first differ without a tactic, -1 if they never do."""
    pairs = zip(whole(seed), daily(seed, without(name, tactic)), strict=True)
    return next((day for day, (with_it, without_it) in enumerate(pairs) if with_it != without_it), -1)


@pytest.mark.parametrize(("name", "tactic"), [("islamic_state", "mass_and_assault"), ("airlift", "choose_drop_zone")])
def test_without_a_tactic_orders_are_others(name, tactic):
    assert all(differs_by(seed, name, tactic) >= 0 for seed in (1, 2))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "tactic"), EARLY, ids=lambda one: one)
def test_every_tactic_counts_in_eight_of_ten_wars(name, tactic):
    assert sum(differs_by(seed, name, tactic) >= 0 for seed in range(1, 11)) >= 8


@pytest.mark.parametrize("pair", ELSEWHERE, ids=lambda one: one)
def test_what_does_not_count_in_the_first_summer_counts_elsewhere(pair):
    war, days, seed = ELSEWHERE[pair]
    both = zip(daily(seed, war=war, days=days), daily(seed, without(*pair, war=war), war=war, days=days), strict=True)
    assert any(with_it != without_it for with_it, without_it in both)


def test_what_counts_later_is_still_a_tactic_of_the_doctrine():
    assert set(ELSEWHERE) < set(LATER) < set(PAIRS)


def test_a_new_tactic_is_one_file_and_one_line(tmp_path, monkeypatch):
    """A file of its name in the folder, a line of YAML: it proposes, and its commander orders and records why."""
    (tmp_path / "sit_tight.py").write_text(
        '"""Sit tight: nobody moves."""\n\nfrom agents.proposal import Proposal\nfrom model.ledger import Order\n\n\n'
        "def sit_tight(commander):\n"
        '    yield Proposal(rows=commander.rows, goal=3, order=Order.MARCH, why="because I say so", score=0.7)\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(agents.tactics, "__path__", [*agents.tactics.__path__, str(tmp_path)])
    found = tactics_in([str(tmp_path)])
    assert list(found) == ["sit_tight"]
    monkeypatch.setitem(TACTICS, "sit_tight", found["sit_tight"])
    doctrine = Doctrine(commander="republican_guard", tactics=("sit_tight",), basis=BASIS)
    field = scenario({"government": [formation((10, 10), 100, 3)]}).model_copy(
        update={"doctrine": {"republican_guard": doctrine}}
    )
    campaign = muster(field, 1)
    campaign.step()
    assert (campaign.units["order"][:3] == Order.MARCH).all()
    assert [(reason.tactic, reason.score, reason.why) for reason in campaign.reasons] == [("sit_tight", 0.7, "because I say so")]
