"""The card of a unit says why it has its order: live and from a recording, and only once it was given."""

import time

from small_war import SmallRun

from model.account.order_log import OrderLog
from model.account.reasons import Reason, Sighting
from model.ledger import Order
from viz.feeds.live import Factory, LiveFeed
from viz.panels.inspection import unit_card


def reason(turn, row, order=Order.ATTACK):
    return Reason(
        turn, "islamic_state", 2, "mass_and_assault", int(order), -1, (row,), 120, 0.83, "utility", "{odds:.1f} to 1",
        {"odds": 2.13}, "wait", 0.25, (Sighting(9, 70, 3.0, 41.0, 60.0),),
    )  # fmt: skip


class Ordered(SmallRun):
    """A small run in which unit 0 is ordered in every turn."""

    def step(self):
        super().step()
        self.reasons = (reason(self.turn - 1, 0),)


def why(card):
    return [line for line in card.lines if line.startswith(("Ordered", "Last ordered", "Why", "Instead", "Rests"))]


def test_the_card_tells_order_tactic_score_runner_up_and_contacts(header, ground, moment):
    row = int(moment.units["row"][0])
    log = OrderLog([reason(moment.turn - 1, row, Order(int(moment.units["order"][0])))])
    lines = why(unit_card(header, ground, moment, row, log))
    assert lines[0].startswith("Ordered")
    assert "mass and assault" in lines[0]
    assert lines[1:] == [
        "Why: 2.1 to 1 (utility 0.83)", "Instead of: wait (0.25)", "Rests on 1 contact, about 41 men, seen 3 days ago",
    ]  # fmt: skip


def test_an_order_that_no_longer_stands_is_told_as_the_last(header, ground, moment):
    row = int(moment.units["row"][0])
    other = next(order for order in Order if int(order) != int(moment.units["order"][0]))
    assert why(unit_card(header, ground, moment, row, OrderLog([reason(1, row, other)])))[0].startswith("Last ordered")


def test_nothing_is_said_before_it_was_ordered_or_of_others(header, ground, moment):
    row = int(moment.units["row"][0])
    for log in (OrderLog([reason(moment.turn, row)]), OrderLog([reason(0, row + 1)]), None):
        assert not why(unit_card(header, ground, moment, row, log))


def test_reasons_come_over_the_pipe_with_their_frames():
    feed = LiveFeed(Factory(Ordered, (6,)))
    try:
        feed.speed = float("inf")
        shown = []
        for _ in range(5000):
            frame = feed.poll()
            if frame is not None:
                shown.append(frame.turn)
            if feed.error or (frame is not None and frame.over):
                break
            time.sleep(0.002)
        assert not feed.error
        assert shown[-1] == 6
        assert feed.orders.reason_of(0, 4).turn == 3
        assert feed.orders.reason_of(0, 0) is None
    finally:
        feed.close()
