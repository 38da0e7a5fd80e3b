"""Political will: how far the SDF go for somebody else's city."""

from functools import partial
from typing import TYPE_CHECKING, Any

from agents.proposal import Proposal, Proposals
from model.arrays import Rows
from model.compiled import law
from model.map.theatre import RIGHT_BANK

if TYPE_CHECKING:
    from agents.commander import Commander


def political_will(commander: "Commander") -> Proposals:
    """Update will and the effort on each axis.

    will' = (w0 + a · push - b · casualties of 30 days / 1,000 - c · turkey - will) / tau;
    effort = clip((will · share - low) / span), on the west bank less wb_cost · (1 + km from the river / wb_km).
    Dated operations raise the effort on their axis. Source: the article (the price for American support); figures fitted.
    """
    campaign, sdf, patrons = commander.campaign, commander.campaign.rules.sdf, commander.campaign.rules.patrons
    memory = commander.memory
    push = patrons.us_push_share if campaign.calendar_day >= patrons.us_push_from else 0.0
    if campaign.calendar_day >= sdf.sdf_hist_day:
        push = max(push, sdf.sdf_hist_push)
    turkey = 1.0 if sdf.turkey_on <= campaign.calendar_day < sdf.turkey_off else sdf.turkey_base
    will = memory.setdefault("will", sdf.will0)
    losses = _casualties(commander)
    aim = sdf.will_w0 + sdf.will_a * push - sdf.will_b * losses / 1000.0 - sdf.will_c * turkey
    memory["will"] = will + (aim - will) / sdf.will_tau
    share = min(1.0, sdf.sdf_dez_share0 + sdf.sdf_dez_gain * push)
    effort = memory.setdefault("effort", {})
    will, wanted = memory["will"], {}
    push_axis = commander.doctrine.settings.get("push_axis")
    for name, axis in commander.doctrine.axes.items():
        part = share if push_axis in {name, axis.after} else 1.0 - share
        own = max(0.0, min(1.0, (will * part - sdf.sdf_low) / sdf.sdf_span)) if axis.effort > 0 else 0.0
        wanted[name] = max(max(0.0, own - _west_bank(commander, name)) * axis.effort, _asked(commander, name))
    if wanted:
        yield _proposed(wanted, effort, will)


def _proposed(wanted: dict[str, float], effort: dict[str, float], will: float) -> Proposal:
    """Return the efforts of the day; they are told again when one has moved by a quarter."""
    stands = tuple([round(4.0 * one) for one in wanted.values()])
    return Proposal(act=partial(effort.update, wanted), topic="effort", stands=stands, spoken=partial(_spoken, wanted, will))


def _spoken(wanted: dict[str, float], will: float) -> dict[str, Any]:
    ranked = [*sorted(((one, name.replace("_", " ")) for name, one in wanted.items()), reverse=True), (0.0, "none")]
    return {
        "score": ranked[0][0], "measure": "effort", "why": f"most effort on the axis {ranked[0][1]}, at a will of {{will:.2f}}",
        "figures": {"will": will}, "instead": ranked[1][1], "instead_score": ranked[1][0],
    }  # fmt: skip


def _west_bank(commander: "Commander", name: str) -> float:
    """Return the effort that the next bound of an axis loses beyond the river: a ramp of cost, not a ban."""
    campaign, sdf = commander.campaign, commander.campaign.rules.sdf
    march = commander.memory.get("marches", {}).get(name)
    objective = commander.cell_of(commander.doctrine.axes[name].objective)
    if objective < 0 or campaign.theatre.bank[objective] != RIGHT_BANK:
        return 0.0
    if march is None or not march.cells:  # the river itself bars the way
        return float(sdf.wb_cost)
    beyond = march.beyond(campaign.theatre.bank, RIGHT_BANK)
    if beyond < 0:
        return 0.0
    aim = march.bound if march.bound >= 0 else min(march.head + 1, len(march.cells) - 1)
    km = march.km[aim] - march.km[beyond]
    return float(sdf.wb_cost * (1.0 + km / sdf.wb_km)) if km >= 0.0 else 0.0


def _asked(commander: "Commander", axis: str) -> float:
    """Return the effort that dated operations ask for on an axis."""
    return max((effort for (_, name), (_, effort) in commander.campaign.operations.items() if name == axis), default=0.0)


def _casualties(commander: "Commander") -> float:
    """Return the casualties of the last 30 days (an exponential memory of that length)."""
    campaign = commander.campaign
    total = float(hurt_so_far(campaign.units, campaign.command_index[commander.name]))
    before: float = commander.memory.setdefault("casualties", total)
    recent: float = float(commander.memory.get("recent", 0.0)) * (1.0 - 1.0 / 30.0) + total - before
    commander.memory["casualties"], commander.memory["recent"] = total, recent
    return recent


@law
def hurt_so_far(units: Rows, command: int) -> int:
    """Return the killed and wounded of a command since the first day."""
    hurt = 0
    for row in range(units.shape[0]):
        if units[row].command == command:
            hurt += units[row].killed + units[row].wounded
    return hurt
