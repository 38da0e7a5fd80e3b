"""What `make drill` shows and keeps: how far it is, what is left of its time, and what each drill came to.

A drill that fails or hangs does not stop the others; it is told at the end and counted. With DRILL_WRITE each drill is taken
down as it ends (`tests/drills/kept.py`); with DRILL_RESUME those that have passed with the sources as they are, are left out.
"""

import os
import signal
import sys
import time
from datetime import UTC, datetime

import pytest

from tests.drills import counted, kept

MINUTES = float(os.environ.get("DRILL_MINUTES", "30"))
MOST_S = 900 + 90 * MINUTES  # after that a drill hangs
SECONDS = "drills/seconds"
"""Where pytest's cache keeps how long each drill took."""
WRITE, RESUME = bool(os.environ.get("DRILL_WRITE")), bool(os.environ.get("DRILL_RESUME"))
AT_FIRST = {"test_the_view_stays_up": 60 * MINUTES, "test_one_war_of_ten_thousand_turns": 40.0}
A_DRILL = 12.0  # seconds, where nothing is known


class Drills:
    """The drills of one run of pytest."""

    def __init__(self, config):
        self.config = config
        self.known = config.cache.get(SECONDS, {})
        self.taken, self.left = {}, []
        self.ends, self.why = {}, {}
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

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config, items):
        if WRITE and not config.option.keyword:
            self.forget(config, items)
        done = [item for item in items if RESUME and kept.passed(item.nodeid)]
        if done:
            items[:] = [item for item in items if item not in done]
            config.hook.pytest_deselected(items=done)
        items.sort(key=lambda item: "test_the_view_stays_up" in item.name)  # the longest last

    def forget(self, config, items):
        """Drop what is kept of drills that are no more, in files that were asked for whole."""
        whole = {item.nodeid.partition("::")[0] for item in items} - {
            word.partition("::")[0] for word in config.args if "::" in word
        }
        for file in whole:
            kept.forget_all_but(file, {item.nodeid.partition("::")[2] for item in items if item.nodeid.startswith(f"{file}::")})

    @pytest.hookimpl
    def pytest_collection_finish(self, session):
        self.left = [item.nodeid for item in session.items]
        say(f"{len(self.left)} drills, about {spoken(self.time_left())}")

    @pytest.hookimpl
    def pytest_runtest_logstart(self, nodeid):
        failed = sum(end == "failed" for end in self.ends.values())
        name = nodeid.rpartition("/")[2]
        far = f"{len(self.taken) + 1}/{len(self.taken) + len(self.left)}"
        say(f"{far} · {failed} failed · {spoken(time.monotonic() - self.begun)} so far · ETA {spoken(self.time_left())} · {name}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item, nextitem):
        del nextitem
        counted.begin()
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
            if WRITE and item.nodeid in self.ends:
                kept.keep(item.nodeid, self.entry(item.nodeid))

    def entry(self, name):
        """Return what is kept of a drill that has ended."""
        end = {"ended": self.ends[name], "seconds": round(self.taken[name], 1), "day": datetime.now(UTC).date().isoformat()}
        why = {"why": self.why[name]} if name in self.why else {}
        return end | {"sources": kept.sources()} | why | counted.taken()

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.failed or report.skipped:
            self.ends[report.nodeid] = "failed" if report.failed else "skipped" if report.skipped else "passed"
        if report.failed:
            crash = getattr(report.longrepr, "reprcrash", None)
            said = crash.message if crash else report.longreprtext
            self.why[report.nodeid] = said.strip().partition("\n")[0][:120]

    @pytest.hookimpl
    def pytest_sessionfinish(self):
        self.config.cache.set(SECONDS, self.known | {name: round(spent, 1) for name, spent in self.taken.items()})
        if WRITE:
            kept.write()
            say(f"written: {kept.PAGE}")


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
