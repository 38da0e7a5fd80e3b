"""Ambush: in the first hour raiders shoot at men in the open, who can only fire back at the ground."""

from model.compiled import law


@law
def first_hour(raiders: float, guards: float, aim: float, area: float, km2: float) -> tuple[float, float]:
    """Return the men that raiders and guards lose in the first hour of an ambush, by Deitchman's guerrilla law.

    Raiders see their targets: dG/dt = -aim · R, in men an hour. Guards fire into an area of `km2`:
    dR/dt = -area · G · R / km2. Heun's method over the hour. Source: Deitchman 1962; the rates are estimates.
    """
    if raiders <= 0.0 or guards <= 0.0 or km2 <= 0.0:
        return 0.0, 0.0
    loss_r = area * guards * raiders / km2
    loss_g = aim * raiders
    left_r = max(0.0, raiders - loss_r)
    left_g = max(0.0, guards - loss_g)
    loss_r = 0.5 * (loss_r + area * left_g * left_r / km2)
    loss_g = 0.5 * (loss_g + aim * left_r)
    return min(raiders, loss_r), min(guards, loss_g)
