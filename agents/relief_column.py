"""The column from Palmyra (Gen. Suhail al-Hassan): goes in bounds and leaves strongpoints."""

from agents.commander import Commander
from model.ledger import Side


class ReliefColumn(Commander):
    """The column from Palmyra (Gen. Suhail al-Hassan): waits until it is strong enough, then goes in bounds.

    It leaves strongpoints on the road behind it.
    """

    side = Side.GOVERNMENT
