"""Exchange: what two groups of men do to each other, by Helmbold's general form of Lanchester's law."""

from model.compiled import law


@law
def losses(k: float, exponent: float, enemy_power: float, own_men: float) -> float:
    """Return casualties a day by Helmbold's general Lanchester form: k · P^W · N^(1 - W).

    W = 1 is the square law, 0.5 the linear law, 0 the logarithmic law. Source: Lanchester 1916, Helmbold 1965.
    """
    if own_men <= 0.0 or enemy_power <= 0.0:
        return 0.0
    fire: float = enemy_power**exponent
    targets: float = own_men ** (1.0 - exponent)
    return k * fire * targets


@law
def exchange(
    attackers: float, defenders: float, attack_power: float, defence_power: float, k_attackers: float, k_defenders: float,
    exponent: float, days: float, step: float,
) -> tuple[float, float]:  # fmt: skip
    """Return the losses of attackers and defenders over `days`, by Heun's method with sub-steps.

    Power falls in proportion to the men who bring it. Both sides' losses come from the state at the start of a sub-step.
    """
    a, d = attackers, defenders
    steps = max(1, round(days / step))
    h = days / steps
    for _ in range(steps):
        power_a = attack_power * a / attackers if attackers > 0.0 else 0.0
        power_d = defence_power * d / defenders if defenders > 0.0 else 0.0
        loss_a = losses(k_attackers, exponent, power_d, a)
        loss_d = losses(k_defenders, exponent, power_a, d)
        a1 = max(0.0, a - h * loss_a)
        d1 = max(0.0, d - h * loss_d)
        power_a1 = attack_power * a1 / attackers if attackers > 0.0 else 0.0
        power_d1 = defence_power * d1 / defenders if defenders > 0.0 else 0.0
        a = max(0.0, a - 0.5 * h * (loss_a + losses(k_attackers, exponent, power_d1, a1)))
        d = max(0.0, d - 0.5 * h * (loss_d + losses(k_defenders, exponent, power_a1, d1)))
    return attackers - a, defenders - d
