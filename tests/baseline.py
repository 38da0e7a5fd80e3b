"""Baselines: a few numbers of shipped scenarios, kept in tests/baseline. `python -m tests.baseline` writes them anew."""

import sys
from pathlib import Path
from typing import Any

import yaml

from agents.muster import open_campaign

HERE = Path(__file__).parent / "baseline"
WARS = {"skirmish": ((1, 2, 3), 60), "deir_ez_zor_2016": ((1,), 120)}
"""Scenario → seeds and turns."""
HEAD = "# Numbers of shipped runs, to see when the game changes. Written by `python -m tests.baseline`; say why in CHANGELOG.\n"


def numbers(scenario: str, seed: int, turns: int) -> dict[str, Any]:
    """Play a scenario and return what is kept of it."""
    campaign = open_campaign(scenario, (), seed)
    for _ in range(turns):
        campaign.step()
    frame = campaign.frame()
    forces = dict(zip(campaign.situation.forces, frame.forces, strict=True))
    enclave = frame.enclave
    assert enclave is not None
    return {
        "turns": frame.turn,
        "men": {name: now.men for name, now in forces.items()},
        "killed": {name: now.killed for name, now in forces.items()},
        "milestones": {name: str(day) for name, day in sorted(frame.milestones.items())},
        "civilians": {
            "alive": enclave.civilians, "dead_hunger": enclave.dead_hunger, "dead_fire": enclave.dead_fire,
            "dead_massacre": enclave.dead_massacre, "abducted": enclave.abducted, "left": enclave.left,
        },
        "garrison": enclave.garrison,
        "recovered_t": round(float(enclave.recovered_t), 3),
        "digest": campaign.digest(),
    }  # fmt: skip


def played(scenario: str) -> dict[str, dict[str, Any]]:
    """Return the numbers of every seed of a scenario."""
    seeds, turns = WARS[scenario]
    return {f"seed {seed}": numbers(scenario, seed, turns) for seed in seeds}


def kept(scenario: str) -> dict[str, dict[str, Any]]:
    """Return the baseline of a scenario."""
    read: dict[str, dict[str, Any]] = yaml.safe_load((HERE / f"{scenario}.yaml").read_text(encoding="utf-8"))
    return read


def main() -> int:
    """Write all baselines and say which have changed."""
    HERE.mkdir(exist_ok=True)
    for scenario in WARS:
        path = HERE / f"{scenario}.yaml"
        text = HEAD + yaml.safe_dump(played(scenario), sort_keys=False, allow_unicode=True)
        same = path.exists() and path.read_text(encoding="utf-8") == text
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}: {'unchanged' if same else 'written anew'}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
