"""A dask cluster of real processes on this machine, whose nodes come and go."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

from model.configuration.problems import ConfigProblems
from sweeps.running.cluster import Dask

ROOT = Path(__file__).parents[2]


def dask(*words):
    """Start one of dask's programs in a group of its own."""
    words = [sys.executable, "-m", "distributed.cli.dask_" + words[0], *map(str, words[1:])]
    return subprocess.Popen(
        words, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip


class Cluster:
    """A scheduler; nodes are added to it, each a nanny with its workers."""

    def __init__(self, folder):
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{port}"
        self.scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
        self._nodes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (*self._nodes, self.scheduler):
            self.kill(process)

    def node(self, workers=1):
        """Add a node and return its process."""
        more = ("--nthreads", 1, "--memory-limit", 0, "--no-dashboard", "--local-directory", self._folder)
        self._nodes.append(dask("worker", self.address, "--nworkers", workers, *more))
        return self._nodes[-1]

    def wait_for(self, workers, seconds=90):
        """Wait until so many workers have joined."""
        end = time.monotonic() + seconds
        while self._joined() < workers:
            assert time.monotonic() < end, "the cluster did not come up"
            time.sleep(0.5)

    def _joined(self):
        try:
            engine = Dask("tests.sweeps.trouble:play", self.address, timeout_s=60, retries=1)
        except ConfigProblems:
            return 0
        try:
            return engine.workers()
        finally:
            engine.close()

    @staticmethod
    def worker_of(node):
        """Return a process that plays runs on a node: the child of its nanny that works."""
        family = psutil.Process(node.pid).children(recursive=True)
        return max(family, key=lambda each: sum(each.cpu_times()[:2]))

    @staticmethod
    def kill(process):
        """End a node, or the scheduler, at once: the whole group."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
