"""The default campaign, altered beyond what a command line allows: extreme values, whole forces left out."""

from agents.muster import muster
from model.campaign import Campaign
from model.configuration.loading import load
from model.scenario import Scenario
from tests.rules.small_field import changed

SCENARIO = "deir_ez_zor_2016"


def situation(**rules) -> Scenario:
    """Return the default scenario with rules replaced, whatever their range (`air__storm_may=30`)."""
    default = load(SCENARIO)
    return default.model_copy(update={"rules": changed(default.rules, **rules)})


def without(default: Scenario, force: str) -> Scenario:
    """Leave out a force and what the calendar would bring it."""
    forces = {name: one for name, one in default.forces.items() if name != force}
    inputs = {name: one for name, one in default.inputs.items() if getattr(one, "force", None) != force}
    doctrine = {name: one for name, one in default.doctrine.items() if name != force}
    return default.model_copy(update={"forces": forces, "inputs": inputs, "doctrine": doctrine})


def unfed(default: Scenario, *, stock: bool) -> Scenario:
    """Take the enclave's food from it: what comes by air and from its fields, and its stores unless `stock`."""
    opening = default.enclave
    assert opening is not None
    none = {"airlifts": {}, "local_food": opening.local_food.model_copy(update={"value": 0.0})}
    if not stock:
        none |= {name: getattr(opening, name).model_copy(update={"value": 0.0}) for name in ("food", "grain")}
    inputs = {name: one for name, one in default.inputs.items() if not hasattr(one, "airlift")}
    return default.model_copy(update={"enclave": opening.model_copy(update=none), "inputs": inputs})


def guarded(default: Scenario, times: float) -> Scenario:
    """Multiply the men who guard the road from T4 to Palmyra."""
    forces = {}
    for name, force in default.forces.items():
        own = {
            key: one.model_copy(update={"men": round(one.men * times)}) if one.sector == "palmyra_road" else one
            for key, one in force.order_of_battle.items()
        }
        forces[name] = force.model_copy(update={"order_of_battle": own})
    return default.model_copy(update={"forces": forces})


def played(scenario: Scenario, days: int, seed: int = 1) -> Campaign:
    """Play some days of a scenario."""
    campaign = muster(scenario, seed)
    while not campaign.over and campaign.day < days:
        campaign.step()
    return campaign
