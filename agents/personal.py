"""Personal: the policy of the rulebook as one man would have it. Without a person it is the rulebook's own."""

from copy import copy

from model.rulebook import Group
from model.scenario import Person


def personal(policy: Group, person: Person | None) -> Group:
    """Return the policy with a person's own figures; a setting that names the rulebook's figure leaves it to the rulebook."""
    settings = {} if person is None else person.settings
    own = {name: value for name, value in settings.items() if value != f"policy.{name}"}
    if not own:
        return policy
    changed = copy(policy)
    changed.__dict__.update(own)
    return changed
