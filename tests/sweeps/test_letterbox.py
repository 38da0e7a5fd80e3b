"""What goes through the letterbox comes out as it was, be there room or not."""

import multiprocessing
import multiprocessing.pool

import numpy as np
import pytest

from sweeps.running.letterbox import ROOM, collected, letterbox, post


@pytest.mark.parametrize("numbers", [0, 1000, ROOM])  # the last does not fit
@pytest.mark.parametrize("room", [True, False])
def test_matrices_come_home_unchanged(numbers, room):
    context = multiprocessing.get_context()
    box = letterbox(context) if room else None
    mine, theirs = context.Pipe()
    sent = {"whole": np.arange(numbers, dtype=np.int32), "word": "clear"}
    if numbers < ROOM:
        post(theirs, box, sent)
        found = collected(mine, box)
    else:
        with multiprocessing.pool.ThreadPool(1) as reader:
            waiting = reader.apply_async(collected, (mine, box))
            post(theirs, box, sent)
            found = waiting.get(20)
    assert found["word"] == "clear"
    assert np.array_equal(found["whole"], sent["whole"])


def test_a_second_letter_leaves_the_first_alone():
    context = multiprocessing.get_context()
    box, (mine, theirs) = letterbox(context), context.Pipe()
    post(theirs, box, np.zeros(100))
    first = collected(mine, box)
    post(theirs, box, np.ones(100))
    assert collected(mine, box).all()
    assert not first.any()
