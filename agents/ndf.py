"""The National Defence Forces: hold the home quarter; neighbours help."""

from agents.commander import Commander
from model.ledger import Side


class NationalDefence(Commander):
    """The National Defence Forces: hold the home quarter; neighbours help."""

    side = Side.GOVERNMENT
