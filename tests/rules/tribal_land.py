"""A small war among residents: one tribal area over the whole drawn field, with the support that a trial gives it."""

import numpy as np

from model.ledger import SIDES
from model.rules.tribes import Tribes
from tests.rules.small_field import war


def land(forces, support=(0.0, 0.0, 0.0), holder=None, **rest):
    """Return a campaign whose field is one area; `support` is that for government, Islamic State and SDF."""
    campaign = war(forces, **rest)
    area = np.ones(campaign.theatre.cells, dtype=np.int8)
    table = np.zeros((2, SIDES))
    table[1, 1:4] = support
    campaign.tribes = Tribes(("The people of the field",), area, table, np.ones(campaign.place_cells.size, dtype=np.int32))
    if holder is not None:
        campaign.layers.control[:] = holder
        campaign.holders[:] = holder
    return campaign
