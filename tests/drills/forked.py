"""Command lines one after another, each in a fork of limited memory and time: what each ended with, and what it said.

`python -m tests.drills.forked` reads a line of JSON for each (`[folder, word, word, …]`) and answers with one (`[code, said]`).
"""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).parents[2]
MEMORY, CPU_S, HANGS_S = 4 * 2**30, 60, 400
HUNG, BROKEN = -1, 70


class CommandLines:
    """The process that forks them."""

    def __init__(self):
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.drills.forked"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def said(self, folder, *words):
        """Return the exit code of a command line that was typed in a folder, and all that it said."""
        self._server.stdin.write(json.dumps([str(folder), *map(str, words)]) + "\n")
        self._server.stdin.flush()
        code, told = json.loads(self._server.stdout.readline())
        return code, told

    def close(self):
        self._server.communicate(timeout=60)


def played(folder, words):
    """Play one command line in a fork."""
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
            os._exit(inside(folder, words))
        end = time.monotonic() + HANGS_S
        while (ended := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < end:
            time.sleep(0.01)
        if ended[0] == 0:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        told.seek(0)
        said = told.read(100_000).decode("utf-8", "replace")
    return (os.waitstatus_to_exitcode(ended[1]) if ended[0] else HUNG), said


def inside(folder, words):
    """Return the exit code of a command line, in this process; whatever is not foreseen is told with its traceback."""
    import run

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_S, CPU_S))
    os.chdir(folder)
    try:
        code = run.main(words)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 1
    except BaseException:  # noqa: BLE001 (it is told)
        traceback.print_exc()
        code = BROKEN
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def main():
    import viz.sitting  # noqa: F401 (loaded once, for all)
    from agents.muster import open_campaign

    open_campaign("lanchester", (), 1).step()
    for line in sys.stdin:
        folder, *words = json.loads(line)
        sys.stdout.write(json.dumps(played(folder, words)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
