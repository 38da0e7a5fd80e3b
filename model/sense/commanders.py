"""Who leads: persons whose settings are parameters of policy, within their ranges."""

from model.quantities import Parameter
from model.scenario import Person
from model.sense.inspection import Inspection


def look(inspection: Inspection) -> None:
    """Note doctrine that is led by nobody known, and settings that no policy has."""
    persons = inspection.scenario.commanders
    for doctrine_id, doctrine in inspection.scenario.doctrine.items():
        if doctrine.led_by is not None:
            inspection.known(f"doctrine.{doctrine_id}.led_by", doctrine.led_by, persons, "commander's preset")
    for person_id, person in persons.items():
        _settings(inspection, f"commanders.{person_id}.settings", person)


def _settings(inspection: Inspection, path: str, person: Person) -> None:
    policy = inspection.scenario.rules.get("policy", {})
    for name, value in person.settings.items():
        where = f"{path}.{name}"
        if inspection.known(where, name, policy, "parameter of policy") and value != f"policy.{name}":
            complaint = _complaint(policy[name], value)
            if complaint:
                inspection.error(where, complaint)


def _complaint(parameter: Parameter, value: float | str) -> str:
    """Return what is wrong with a figure of one's own, "" if nothing is."""
    if parameter.options or isinstance(value, str) or parameter.range is None:
        fits = value in (parameter.options or ())
        return "" if fits else f"should be a number, or the rulebook's own ({', '.join(parameter.options or ('policy.<name>',))})"
    low, high = parameter.range
    return "" if low <= value <= high else f"{value:g} lies outside the range {low:g} - {high:g} of the rulebook"
