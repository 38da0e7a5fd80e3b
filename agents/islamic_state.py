"""The Islamic State: masses against the weakest support point, opens it with SVBIEDs, assaults, pursues, shifts its reserves."""

from agents.commander import Commander
from model.ledger import Side


class IslamicState(Commander):
    """The Islamic State: masses against the weakest support point, opens it with SVBIEDs, assaults, pursues, shifts its reserves."""

    side = Side.ISLAMIC_STATE
