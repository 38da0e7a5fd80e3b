"""Political will: how far the SDF go for somebody else's city."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from agents.commander import Commander


def political_will(commander: "Commander") -> None:
    """Update will and the effort on each axis.

    will' = (w0 + a · push - b · casualties of 30 days / 1,000 - c · turkey - will) / tau;
    effort = clip((will · share - low) / span).
    Dated operations raise the effort on their axis. Source: the article (the price for American support); figures fitted.
    """
    campaign, sdf, patrons = commander.campaign, commander.campaign.rules.sdf, commander.campaign.rules.patrons
    memory = commander.memory
    push = patrons.us_push_share if campaign.day >= patrons.us_push_from else 0.0
    if campaign.day >= sdf.sdf_hist_day:
        push = max(push, sdf.sdf_hist_push)
    turkey = 1.0 if sdf.turkey_on <= campaign.day < sdf.turkey_off else sdf.turkey_base
    will = memory.setdefault("will", sdf.will0)
    losses = _casualties(commander)
    aim = sdf.will_w0 + sdf.will_a * push - sdf.will_b * losses / 1000.0 - sdf.will_c * turkey
    memory["will"] = will + (aim - will) / sdf.will_tau
    share = min(1.0, sdf.sdf_dez_share0 + sdf.sdf_dez_gain * push)
    effort = memory.setdefault("effort", {})
    for name, axis in commander.doctrine.axes.items():
        part = share if name == commander.doctrine.settings.get("push_axis") else 1.0 - share
        own = max(0.0, min(1.0, (memory["will"] * part - sdf.sdf_low) / sdf.sdf_span)) if axis.effort > 0 else 0.0
        effort[name] = max(own * axis.effort, _asked(commander, name))


def _asked(commander: "Commander", axis: str) -> float:
    """Return the effort that dated operations ask for on an axis."""
    return max((effort for (_, name), (_, effort) in commander.campaign.operations.items() if name == axis), default=0.0)


def _casualties(commander: "Commander") -> float:
    """Return the casualties of the last 30 days (an exponential memory of that length)."""
    units = commander.campaign.units
    mine = units["command"] == commander.campaign.command_index[commander.name]
    total = float((units["killed"][mine] + units["wounded"][mine]).sum())
    before: float = commander.memory.setdefault("casualties", total)
    recent: float = float(commander.memory.get("recent", 0.0)) * (1.0 - 1.0 / 30.0) + total - before
    commander.memory["casualties"], commander.memory["recent"] = total, recent
    return recent
