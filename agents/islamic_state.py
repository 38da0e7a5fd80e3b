"""The Islamic State: masses against the weakest support point and shifts its reserves."""

from agents.commander import Commander
from model.ledger import Side


class IslamicState(Commander):
    """The Islamic State: masses against the weakest support point, opens it with SVBIEDs, assaults, pursues.

    Its reserves shift between fronts on internal lines.
    """

    side = Side.ISLAMIC_STATE
