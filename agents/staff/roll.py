"""The roll: whose units are in the field this morning. The ledger is walked once for all commanders."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from model.arrays import Ints
from model.arrays import Rows as Ledger
from model.compiled import law

if TYPE_CHECKING:
    from model.campaign import Campaign

Rows = npt.NDArray[np.int64]
NEVER = -1, None


class Roll(NamedTuple):
    """The rows of units in the field: by command, and those who live off the enclave's stores."""

    rows: Rows
    first: Ints  # where the rows of each command begin
    besieged: Rows

    def of(self, command: int) -> Rows:
        """Return the rows of a command."""
        return self.rows[self.first[command] : self.first[command + 1]]


def roll_of(campaign: "Campaign") -> Roll:
    """Return the roll of this turn (nobody dies while commanders decide)."""
    turn, roll = campaign.desk.get("roll", NEVER)
    if turn != campaign.turn:
        roll = Roll(*called(campaign.units, len(campaign.command_index)))
        campaign.desk["roll"] = campaign.turn, roll
    found: Roll = roll
    return found


@law
def called(units: Ledger, commands: int) -> tuple[Rows, Ints, Rows]:
    """Return the rows of living units sorted by command, where each command begins, and the rows of the besieged."""
    first, many = np.zeros(commands + 1, dtype=np.int32), 0
    whose, besieged = np.full(units.shape[0], -1, dtype=np.int32), np.empty(units.shape[0], dtype=np.int64)
    for row in range(units.shape[0]):
        u = units[row]
        if u.alive == 1:
            if 0 <= u.command < commands:
                whose[row] = u.command
                first[u.command + 1] += 1
            if u.besieged == 1:
                besieged[many] = row
                many += 1
    for command in range(commands):
        first[command + 1] += first[command]
    rows, at = np.empty(first[commands], dtype=np.int64), first.copy()
    for row in range(units.shape[0]):
        command = whose[row]
        if command >= 0:
            rows[at[command]] = row
            at[command] += 1
    return rows, first, besieged[:many]
