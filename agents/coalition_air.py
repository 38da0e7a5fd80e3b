"""Coalition air: supports the SDF, never the army."""

from agents.commander import Commander
from model.ledger import Side


class CoalitionAir(Commander):
    """Coalition air: supports the SDF, never the army."""

    side = Side.SDF
    flies = True
