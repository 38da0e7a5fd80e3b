"""In order: a scenario says the same whatever order its files list things in."""

from model.ledger import Side
from model.scenario import Scenario


def in_order(scenario: Scenario) -> Scenario:
    """Return a scenario with its forces by side and id, formations by id, inputs by date and id, the rest by id.

    So the order in which a file happens to list them decides nothing: rows of the ledger, and with them dice, follow names.
    """
    forces = sorted(scenario.forces.items(), key=lambda entry: (Side[entry[1].side.upper()], entry[0]))
    return scenario.model_copy(
        update={
            "forces": {
                name: force.model_copy(update={"order_of_battle": dict(sorted(force.order_of_battle.items()))})
                for name, force in forces
            },
            "inputs": dict(sorted(scenario.inputs.items(), key=lambda entry: (entry[1].date, entry[0]))),
            "air_forces": dict(sorted(scenario.air_forces.items())),
            "corridors": dict(sorted(scenario.corridors.items())),
        }
    )
