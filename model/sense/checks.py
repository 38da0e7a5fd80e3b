"""Does the scenario make sense on its map? Names that exist, ground that can be stood on, dates and figures that agree.

The models check the form of a scenario; this checks it against the theatre and against itself.
"""

from model.configuration.problems import Problem
from model.configuration.yaml_tree import Origins
from model.map.theatre import Theatre
from model.scenario import Scenario
from model.sense import commanders as sense_commanders
from model.sense import dates as sense_dates
from model.sense import doctrine as sense_doctrine
from model.sense import figures as sense_figures
from model.sense import ground as sense_ground
from model.sense import names as sense_names
from model.sense.inspection import Inspection


def look(scenario: Scenario, theatre: Theatre, origins: Origins | None = None) -> list[Problem]:
    """Return what does not make sense, by file and line (`origins` from `load_with_origins`)."""
    inspection = Inspection(scenario, theatre, origins or {})
    for part in (sense_names, sense_doctrine, sense_commanders, sense_ground, sense_dates, sense_figures):
        part.look(inspection)
    return sorted(set(inspection.problems))
