"""Human sources: where residents wish a side well, word of its enemies reaches it from anywhere among them."""

from model.arrays import Numbers
from model.compiled import law


@law
def word_of_mouth(support: float, intel: Numbers) -> float:
    """Return the hazard a day that residents tell a side of one unit of its enemies: `humint` · max(0, support).

    Distance does not matter, nor weather, nor what the unit does. What they tell is less exact: the error of the strength
    is `humint_error` times that of a sighting. Source: estimates (informers' networks of the valley, 2014-17).
    """
    return intel.humint * max(0.0, support)
