"""A target that has to make ready for longer than a run may take."""

import time

STATE = []


def prepare():
    """Take a while."""
    time.sleep(2.5)
    STATE.append("prepared")


def play(_task):
    """Say whether it was made ready."""
    return STATE[-1]
