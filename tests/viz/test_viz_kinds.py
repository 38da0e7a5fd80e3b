"""Every kind of event can be shown: it has a colour and an icon."""

import pytest

from model.events import EventKind
from viz.palette import DAY
from viz.units.icons import event_icon


@pytest.mark.parametrize("kind", list(EventKind))
def test_a_kind_of_event_has_a_colour_and_an_icon(kind):
    assert event_icon(kind, 16, DAY.events[kind]).get_size() == (16, 16)
