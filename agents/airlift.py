"""The airlift: decides where to aim and what to load."""

from agents.commander import Commander
from model.ledger import Side


class Airlift(Commander):
    """The airlift: decides where to aim and what to load."""

    side = Side.GOVERNMENT
    flies = True
