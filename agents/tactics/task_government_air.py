"""Tasking of Russian and Syrian aircraft: the enclave by its stress, the column while it marches, the rest elsewhere."""

from functools import partial
from typing import TYPE_CHECKING, Any

from agents.proposal import Proposal, Proposals
from agents.staff.aims import heaviest
from agents.staff.roll import Rows as Indices
from agents.staff.roll import roll_of
from model.arrays import Ints, Layer, Rows
from model.compiled import law
from model.ledger import Side
from model.rules.air import Tasking, Wing
from model.rules.cooperation import push_of

if TYPE_CHECKING:
    from agents.commander import Commander


def task_government_air(commander: "Commander") -> Proposals:
    """Share today's strikes: base + gain · stress for the enclave, `rp_column` for a marching column, the rest elsewhere.

    Moscow's push multiplies the sorties and sets the share under forward controllers. A surge multiplies them again for some
    days, renewed while the cause lasts, when a quarter of the enclave falls or the enclave is cut in two. Source: surges of
    January 2016 and 2017.
    """
    campaign = commander.campaign
    policy, push = commander.policy, push_of(campaign.rules, campaign.calendar_day)
    box = commander.setting("box_km", 12.0)
    stress = _stress(commander)
    enclave = min(0.8, policy.ru_encl_base + policy.ru_encl_gain * stress) if campaign.enclave is not None else 0.0
    head = _column_head(commander)
    column = push.column if head >= 0 else 0.0
    other = max(policy.ru_other, 1.0 - enclave - column)
    total = enclave + column + other
    aim = heaviest(commander, campaign.airport_cell, 1.5 * box) if campaign.enclave is not None else -1
    surge = campaign.rules.air.surge_x if _surging(commander) else 1.0
    fronts = ((aim, enclave, "enclave"), (head, column, "column"), (heaviest(commander, -1, 0.0), other, "other fronts"))
    tasks: list[tuple[Wing, list[Tasking]]] = []
    for wing in campaign.wings:
        if wing.side != Side.GOVERNMENT:
            continue
        strikes = wing.surged(surge) * push.sorties
        found = [
            Tasking(cell, box, strikes * share / total, controllers=push.controllers, why=why)
            for cell, share, why in fronts
            if cell >= 0
        ]
        tasks.append((wing, found))
    yield _shared_out(tasks, tuple(max(0.0, share) / total for _, share, _ in fronts), {"stress": stress, "surge": surge})


def _shared_out(
    tasks: list[tuple[Wing, list[Tasking]]], shares: tuple[float, float, float], figures: dict[str, float]
) -> Proposal:
    """Return the tasking of the day; it is told again when a share has moved by a tenth."""
    stands = tuple([round(10.0 * share) for share in shares])
    return Proposal(act=partial(_task, tasks), topic="taskings", stands=stands, spoken=partial(_spoken, shares, figures))


def _spoken(shares: tuple[float, float, float], figures: dict[str, float]) -> dict[str, Any]:
    ranked = sorted(zip(shares, ("the enclave", "the column", "other fronts"), strict=True), key=lambda one: -one[0])
    return {
        "score": ranked[0][0], "measure": "share of the strikes", "figures": figures, "instead": ranked[1][1],
        "why": f"most strikes to {ranked[0][1]}: stress {{stress:.2f}}, surge x {{surge:.1f}}", "instead_score": ranked[1][0],
    }  # fmt: skip


def _task(tasks: list[tuple[Wing, list[Tasking]]]) -> None:
    """Give wings their taskings."""
    for wing, found in tasks:
        wing.taskings = found


def _stress(commander: "Commander") -> float:
    """Return the enclave's stress 0-1: short food, casualties of the week, ground lost in a fortnight."""
    campaign = commander.campaign
    enclave = campaign.enclave
    if enclave is None or enclave.garrison <= 0:
        return 0.0
    hurt = hurt_inside(campaign.units, roll_of(campaign).besieged) / (0.03 * enclave.garrison)
    cells: list[int] = commander.memory.setdefault("cells", [])
    cells.append(enclave.cells)
    del cells[:-14]
    lost = max(0.0, cells[0] - enclave.cells) / max(1.0, 0.05 * cells[0])
    days = enclave.food / max(1.0, enclave.issued or 1.0)
    short: float = max(0.0, 1.0 - days / campaign.rules.civil.reserve_days)
    return 0.35 * min(1.0, short) + 0.35 * min(1.0, hurt) + 0.30 * min(1.0, lost)


def _surging(commander: "Commander") -> bool:
    """Say whether a surge flies: a quarter fell or the enclave was cut since yesterday, renewed while ground is being lost."""
    campaign, memory = commander.campaign, commander.memory
    enclave = campaign.enclave
    if enclave is None:
        return False
    held = held_by(campaign.layers.control, enclave.quarters.cells, int(Side.GOVERNMENT))
    now = (held, -enclave.components, enclave.cells)
    before = memory.get("ground", now)
    memory["ground"] = now
    surging = campaign.day < int(memory.get("surge_until", -1))
    if now[0] < before[0] or now[1] < before[1] or (surging and now[2] < before[2]):
        memory["surge_until"] = campaign.day + int(campaign.rules.air.surge_days)
    return campaign.day < int(memory.get("surge_until", -1))


def _column_head(commander: "Commander") -> int:
    """Return the bound for which a column of the side fights now, -1 while all stand."""
    marching = [plan.aim for other in commander.colleagues for plan in other.announced.values() if plan.marching]
    return marching[0] if marching else -1


@law
def hurt_inside(units: Rows, besieged: Indices) -> float:
    """Return the recent casualties of those who live off the enclave's stores."""
    hurt = 0.0
    for row in besieged:
        hurt += units[row].cas_recent
    return hurt


@law
def held_by(control: Layer, cells: Ints, side: int) -> int:
    """Return how many of some cells a side holds."""
    held = 0
    for k in range(cells.shape[0]):
        if control[cells[k]] == side:
            held += 1
    return held
