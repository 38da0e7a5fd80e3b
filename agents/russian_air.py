"""Russian and Syrian air: shares its strikes between the enclave, the column and other fronts."""

from agents.commander import Commander
from model.ledger import Side


class GovernmentAir(Commander):
    """Russian and Syrian air: shares its strikes between the enclave, the column and other fronts."""

    side = Side.GOVERNMENT
    flies = True
