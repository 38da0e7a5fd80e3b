"""Does the scenario make sense on its map? Names that exist, ground that can be stood on, dates and figures that agree.

The models check the form of a scenario; this checks it against the theatre and against itself.
"""

from model import sense_commanders, sense_dates, sense_doctrine, sense_figures, sense_ground, sense_names
from model.inspection import Inspection
from model.map.theatre import Theatre
from model.problems import Problem
from model.scenario import Scenario
from model.yaml_tree import Origins


def look(scenario: Scenario, theatre: Theatre, origins: Origins | None = None) -> list[Problem]:
    """Return what does not make sense, by file and line (`origins` from `load_with_origins`)."""
    inspection = Inspection(scenario, theatre, origins or {})
    for part in (sense_names, sense_doctrine, sense_commanders, sense_ground, sense_dates, sense_figures):
        part.look(inspection)
    return sorted(set(inspection.problems))
