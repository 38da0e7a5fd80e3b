"""What the tests draw by hand: men who fall, a battle."""

import numpy as np

from sweeps.measuring import GOVERNMENT, ISLAMIC_STATE


def fall(campaign, side, men):
    """Let so many men of a side fall in its strongest unit."""
    units = campaign.units
    row = int(np.argmax(np.where(units["side"] == side, units["men"], 0)))
    units["killed"][row] += men
    return row


def battle(siege, cell, men):
    """Report one attack on a cell of the garrison this turn."""
    siege.battles = 1
    siege.report[0] = (cell, ISLAMIC_STATE, GOVERNMENT, 1, men, 50.0, 1.0, 0.0, 0.0, 0, 0, 0, 0)
