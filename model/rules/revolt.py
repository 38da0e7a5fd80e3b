"""Revolt: whether people rise against who rules them, by Epstein's rule of civil violence."""

import math

from model.compiled import law


@law
def grievance(support: float) -> float:
    """Return the largest grievance there is, 1 - L: the rulers' legitimacy L = (1 + support) / 2 lies between 0 and 1."""
    return 0.5 * (1.0 - support)


@law
def arrest(guards: float, rebels: float, k: float) -> float:
    """Return the chance of arrest that a rebel expects: P = 1 - exp(-k · C / A), C guards, A who would rise."""
    return 1.0 - math.exp(-k * guards / max(1.0, rebels))


@law
def rising(grieved: float, arrested: float, threshold: float) -> float:
    """Return the chance that a community rises: H · (1 - L) - R · P > threshold, hardship H and risk aversion R uniform in 0-1.

    In closed form, with g = 1 - L and m = g - threshold: 1 - (threshold + P/2) / g if P < m, else m² / (2 g P), 0 if m <= 0.
    Source: Epstein, Modeling civil violence (2002), for H, R, threshold and k.
    """
    most = grieved - threshold
    if most <= 0.0:
        return 0.0
    if arrested < most:
        return 1.0 - (threshold + 0.5 * arrested) / grieved
    return most * most / (2.0 * grieved * arrested)
