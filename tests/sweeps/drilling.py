"""Sweeps in processes of their own, for drills: started, watched, ended, and what is left of them."""

import json
import subprocess
import sys
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


def command(file, out, *words, workers=2):
    return [sys.executable, "run.py", "sweep", file, "--out", out, "--workers", workers, "--no-report", "--quiet", *words]


def start(file, out, *words, **more):
    return subprocess.Popen(
        [str(word) for word in command(file, out, *words)], cwd=ROOT, start_new_session=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, **more,
    )  # fmt: skip


def end(process, seconds=200):
    """Wait for a process; return its exit code and all that it said."""
    said, complained = process.communicate(timeout=seconds)
    return process.returncode, said + complained


def finish(file, out, *words, workers=2):
    """Run a sweep to its end and return what it printed as JSON."""
    words = [str(word) for word in command(file, out, *words, "--json", workers=workers)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def parts(out, kind="outcomes"):
    return sorted((out / "parts").glob(f"{kind}-*.parquet"))


def until(condition, seconds=90.0):
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def workers_of(process):
    """Return the processes that play the runs: the children of the server that forks them."""
    try:
        return [worker for server in psutil.Process(process.pid).children() for worker in server.children()]
    except psutil.NoSuchProcess:
        return []


def content(out):
    """Return the bytes of the final table and the digest of the series."""
    from sweeps.results.tables import digests

    return (out / "outcomes.parquet").read_bytes(), digests(out)["series"]
