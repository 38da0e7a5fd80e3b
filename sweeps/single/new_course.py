"""A campaign that takes other settings in mid-run: parameters, doctrine, inputs that are still to come. What is on the map stays.

Laws and tactics read the rulebook as they go; what was worked out from it on the first day (tables, rates, speeds) is taken from
a campaign opened by the new settings. A setting that has left its mark anywhere else stands for the first day and is refused.
"""

from agents.commander import Commander
from agents.muster import muster
from model.campaign import Campaign
from model.configuration.in_order import in_order
from model.configuration.problems import COMMAND_LINE, ConfigProblems, Problem
from model.map.crossings import open_steps
from model.scenario import Doctrine, Scenario
from sweeps.single.opened_alike import differences

MAY_CHANGE = ("rules", "doctrine", "inputs")
_WORKED_OUT = ("tables", "rates", "terms", "surrender", "edge_days", "offroad_km_day", "hours_per_km")
"""Attributes of a campaign that follow from map and settings alone."""
_OF_WINGS = ("sorties", "strikes_per_sortie", "quality", "night", "find", "find_fac", "weapons", "aircraft", "height_m")
_FOLLOWS = (
    *_WORKED_OUT,
    *(f"wings.{name}" for name in _OF_WINGS),
    *("sight.range_km", "sight.postures", "fields", "happens", "almanac", "enclave.opening"),
    *("commanders.doctrine", "commanders.policy"),
)
_OF_DOCTRINE = {"tactics", "settings", "led_by", "basis", "axes"}


def change_course(campaign: Campaign, later: Scenario, settings: tuple[str, ...]) -> None:
    """Let a campaign go on by other settings from the turn it has come to.

    Raises
    ------
    ConfigProblems
        If something is to change that was settled on the first day; the campaign is then as it was.
    """
    _refuse(settings, _settled(campaign, later))
    fresh = muster(later, campaign.seed)
    marks = differences(muster(campaign.situation, campaign.seed), fresh)
    _refuse(settings, [f"stands for the first day ({place}); a run cannot change it later" for place in _lasting(marks)])
    _take(campaign, fresh)


def _lasting(marks: set[str]) -> list[str]:
    """Return the marks of a setting on what was opened, other than what follows from settings alone."""
    return sorted(mark for mark in marks if not any(mark == name or mark.startswith(f"{name}.") for name in _FOLLOWS))


def _refuse(settings: tuple[str, ...], why: list[str]) -> None:
    if why:
        path = ", ".join(setting.partition("=")[0].strip() for setting in settings)
        raise ConfigProblems([Problem(COMMAND_LINE, 0, path, message) for message in why])


def _settled(campaign: Campaign, later: Scenario) -> list[str]:
    """Return what of the inputs and of a commander's plan cannot change any more."""
    now, then = campaign.situation, in_order(later)
    today, begun = campaign.when.date(), not campaign.morning
    wrong = []
    for name in sorted(now.inputs.keys() | then.inputs.keys()):
        both = [inputs[name] for inputs in (now.inputs, then.inputs) if name in inputs]
        first = min(dated.date for dated in both)
        differ = both[0] != both[-1] or len(both) == 1
        if differ and (first < today or (begun and first == today)):
            wrong.append(f"inputs.{name} begins on {first}, not after {today}; only what is still to come can change")
    if now.doctrine.keys() != then.doctrine.keys():
        wrong.append("no commander can come or go in mid-run")
        return wrong
    plans = [name for name, doctrine in now.doctrine.items() if _plan(doctrine) != _plan(then.doctrine[name])]
    return wrong + [f"of doctrine.{name} only tactics, settings, led_by and the effort of axes can change" for name in plans]


def _plan(doctrine: Doctrine) -> dict[str, object]:
    """Return what of a doctrine is fixed for a run: fronts, reserves, and its axes but for their effort."""
    axes = {name: axis.model_dump(exclude={"effort"}) for name, axis in doctrine.axes.items()}
    return doctrine.model_dump(exclude=_OF_DOCTRINE) | {"axes": axes}


def _take(campaign: Campaign, fresh: Campaign) -> None:
    """Take over from a campaign that was opened by the new settings all that follows from them."""
    campaign.situation, campaign.rules = fresh.situation, fresh.rules
    slower = campaign.hours_per_km.tobytes() != fresh.hours_per_km.tobytes()
    for name in _WORKED_OUT:
        setattr(campaign, name, getattr(fresh, name))
    campaign.sight.range_km, campaign.sight.postures = fresh.sight.range_km, fresh.sight.postures
    if slower:
        campaign.fields.change_going(fresh.hours_per_km, open_steps(campaign.theatre, campaign.intact))
    campaign.happens, campaign.almanac = fresh.happens, []
    for wing, other in zip(campaign.wings, fresh.wings, strict=True):
        for name in _OF_WINGS:
            setattr(wing, name, getattr(other, name))
    if campaign.enclave is not None and fresh.enclave is not None:
        campaign.enclave.opening = fresh.enclave.opening
    for commander, heir in zip(campaign.commanders, fresh.commanders, strict=True):
        if isinstance(commander, Commander) and isinstance(heir, Commander):
            commander.doctrine, commander.policy = heir.doctrine, heir.policy
