"""The Republican Guard's commander (Gen. Zahreddine): economy of force and a mobile reserve."""

from agents.commander import Commander
from model.ledger import Side


class RepublicanGuard(Commander):
    """The Republican Guard's commander (Gen. Zahreddine): economy of force, a mobile reserve.

    He counter-attacks at once or not at all.
    """

    side = Side.GOVERNMENT
