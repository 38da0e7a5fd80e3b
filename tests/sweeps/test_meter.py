import io
from datetime import date, datetime, time

from rich.console import Console

from sweeps.single.meter import Meter

WHEN = datetime.combine(date(2016, 9, 17), time())


def test_a_terminal_gets_a_bar():
    seen = io.StringIO()
    with Meter(0, 40, shown=True, console=Console(file=seen, force_terminal=True, width=120)) as meter:
        meter.show(40, WHEN)
    assert "17 Sep 2016" in seen.getvalue()
    assert "turn 40 of 40" in seen.getvalue()


def test_a_run_of_no_turns_is_no_trouble():
    seen = io.StringIO()
    with Meter(5, 5, shown=True, console=Console(file=seen)) as meter:
        meter.show(5, WHEN)
    assert seen.getvalue() == ""
