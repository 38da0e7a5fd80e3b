"""Orders as lines of events.jsonl: what was ordered, and the `why` behind it."""

import json
from collections.abc import Callable

from model.account.frame import Frame
from model.account.reasons import Reason, because, order_of, rests_on, runner_up_of, scored
from model.ledger import Side

KIND, WEIGHT = "order", 0.1


def order_line(reason: Reason, frame: Frame, near: Callable[[int], str]) -> str:
    """Return an order as one line of JSON, with the columns of an event and a `why`."""
    who = f"{reason.commander.replace('_', ' ')}, {reason.tactic.replace('_', ' ')}"
    told = {
        "date": frame.when.isoformat(), "turn": reason.turn, "kind": KIND,
        "place": near(reason.goal) if reason.goal >= 0 else None, "cell": reason.goal if reason.goal >= 0 else None,
        "side": Side(reason.side).name.lower(), "force": None, "weight": WEIGHT,
        "text": f"{who}: {order_of(reason, near)}; {because(reason, near)}{scored(reason)}.",
        "numbers": {k: round(v, 4) for k, v in reason.figures.items()} | {"ordered": reason.men, "score": round(reason.score, 4)},
        "why": {
            "commander": reason.commander, "tactic": reason.tactic, "units": list(reason.rows),
            "score": round(reason.score, 4), "measure": reason.measure, "reason": because(reason, near),
            "runner_up": runner_up_of(reason, near) or None, "runner_up_score": round(reason.runner_up_score, 4),
            "rests_on": rests_on(reason),
            "contacts": [
                {"unit": c.row, "cell": c.cell, "age_days": round(c.age, 2), "men": round(c.men, 1)} for c in reason.contacts
            ],
        },
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, default=float) + "\n"
