"""The Syrian Democratic Forces: political will gates everything; methodical bounds under coalition air."""

from agents.commander import Commander
from model.ledger import Side


class SyrianDemocraticForces(Commander):
    """The Syrian Democratic Forces: political will gates everything; methodical bounds under coalition air."""

    side = Side.SDF
