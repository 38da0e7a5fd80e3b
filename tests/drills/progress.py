"""What `make drill` shows and writes: how far it is, what is left of its time, and the table of docs/RELIABILITY.md.

A drill that fails or hangs does not stop the others; it is told at the end and counted.
"""

import os
import signal
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from tests.drills import counted

MINUTES = float(os.environ.get("DRILL_MINUTES", "30"))
MOST_S = 900 + 90 * MINUTES  # after that a drill hangs
SECONDS = "drills/seconds"
"""Where pytest's cache keeps how long each drill took."""
AT_FIRST = {"test_the_view_stays_up": 60 * MINUTES, "test_one_war_of_ten_thousand_turns": 40.0}
A_DRILL = 12.0  # seconds, where nothing is known


class Drills:
    """The drills of one run of pytest."""

    def __init__(self, config):
        self.config = config
        self.known = config.cache.get(SECONDS, {})
        self.taken, self.left = {}, []
        self.passed, self.failed, self.skipped = Counter(), Counter(), Counter()
        self.begun = time.monotonic()

    def expected(self, name):
        """Return the seconds that a drill will take as far as is known."""
        if "test_the_view_stays_up" in name:
            return 60 * MINUTES
        function = name.partition("::")[2].partition("[")[0]
        return self.known.get(name, AT_FIRST.get(function, A_DRILL))

    def time_left(self):
        """Return the seconds that are left, by how today's drills went so far."""
        usual = sum(map(self.expected, self.taken))
        pace = sum(self.taken.values()) / usual if usual > 60 else 1.0
        return sum(self.expected(name) * (1.0 if "stays_up" in name else pace) for name in self.left)

    @pytest.hookimpl
    def pytest_collection_modifyitems(self, items):
        items.sort(key=lambda item: "test_the_view_stays_up" in item.name)  # the longest last

    @pytest.hookimpl
    def pytest_collection_finish(self, session):
        self.left = [item.nodeid for item in session.items]
        say(f"{len(self.left)} drills, about {spoken(self.time_left())}")

    @pytest.hookimpl
    def pytest_runtest_logstart(self, nodeid):
        failed = sum(self.failed.values())
        name = nodeid.rpartition("/")[2]
        far = f"{len(self.taken) + 1}/{len(self.taken) + len(self.left)}"
        say(f"{far} · {failed} failed · {spoken(time.monotonic() - self.begun)} so far · ETA {spoken(self.time_left())} · {name}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item, nextitem):
        del nextitem
        begun = time.monotonic()
        before = signal.signal(signal.SIGALRM, hung)
        signal.alarm(int(MOST_S))
        try:
            return (yield)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
            self.taken[item.nodeid] = time.monotonic() - begun
            self.left.remove(item.nodeid)

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.failed or report.skipped:
            ends = self.failed if report.failed else self.skipped if report.skipped else self.passed
            ends[report.nodeid.partition("::")[0]] += 1

    @pytest.hookimpl
    def pytest_sessionfinish(self, session):
        self.config.cache.set(SECONDS, self.known | {name: round(spent, 1) for name, spent in self.taken.items()})
        if os.environ.get("DRILL_WRITE") and not session.config.option.keyword and not self.left:
            spent = spoken(time.monotonic() - self.begun)
            when = datetime.now(UTC).date().isoformat()
            head = f"Run of {when}: {len(self.taken)} drills in {spent}, the view for {MINUTES:g} minutes."
            counted.write(head, self.passed, self.failed, self.skipped)
            say(f"written: {counted.PAGE}")


def hung(number, at):
    """End a drill that hangs, so that the others come to their turn."""
    del number, at
    raise TimeoutError(f"ran past {MOST_S:.0f} s")


def say(words):
    sys.stderr.write(f"\n{words}\n")
    sys.stderr.flush()


def spoken(seconds):
    return f"{seconds:.0f} s" if seconds < 100 else f"{seconds / 60:.0f} min"


def pytest_configure(config):
    config.pluginmanager.register(Drills(config), "drills")
