"""Count how the drills ended; with TORGAU_COUNT set (`make drill` sets it) write the table of docs/RELIABILITY.md."""

import os
from collections import Counter
from datetime import UTC, datetime

from tests.drills import counted

PASSED: Counter[str] = Counter()
FAILED: Counter[str] = Counter()


def pytest_runtest_logreport(report):
    if report.when == "call" or report.failed:
        ends = FAILED if report.failed else PASSED
        if not report.skipped:
            ends[report.nodeid.partition("::")[0]] += 1


def pytest_sessionfinish(session):
    whole = not session.config.option.keyword and "drill" in (session.config.option.markexpr or "")
    if os.environ.get("TORGAU_COUNT") and whole:
        counted.write(PASSED, FAILED, datetime.now(UTC).date().isoformat())
