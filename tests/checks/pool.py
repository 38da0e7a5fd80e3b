"""The men of the Islamic State over the siege: `python -m tests.checks.pool [seeds]` prints whole campaigns beside the record."""

import datetime as dt
import sys

import numpy as np

from agents.muster import open_campaign
from model.campaign import Campaign
from model.ledger import Side

SCENARIO = "deir_ez_zor_2016"
DECEMBER, JANUARY, SEPTEMBER = dt.date(2016, 12, 1), dt.date(2017, 1, 10), dt.date(2017, 9, 5)
WANTED = {
    "is_december": (8_000, 10_500), "is_september": (8_500, 10_500), "garrison_january": (3_500, 4_500),
    "lost_to_air": (2_000, 5_000),
}  # fmt: skip
"""Bands: IS in the frame (OB23 for September; December is a paper trial's 9,200), garrison (OB03), men lost for good to air
May 2016 - August 2017 (a paper trial)."""


def men_of(campaign: Campaign) -> float:
    """Return the men of the Islamic State in the frame, the raiders and the wounded who will be back among them."""
    units = campaign.units
    mine = (units["side"] == Side.ISLAMIC_STATE) & (units["alive"] == 1)
    return float(units["men"][mine].sum())


def lost_to_air(campaign: Campaign) -> float:
    """Return the men whom strikes have cost the Islamic State for good: killed, and wounded who do not return."""
    killed = float(sum(wing.killed for wing in campaign.wings))
    return killed * (1.0 + campaign.rules.air.air_wound * (1.0 - campaign.rules.combat.rtd_frac))


def followed(seed: int, until: dt.date = SEPTEMBER) -> dict[str, float]:
    """Play the shipped scenario to a day; return the figures of the days passed."""
    campaign = open_campaign(SCENARIO, (), seed)
    told: dict[str, float] = {"is_start": men_of(campaign)}
    while not campaign.over and campaign.when.date() < until:
        campaign.step()
        today = campaign.when.date()
        if campaign.morning and today == DECEMBER:
            told["is_december"] = men_of(campaign)
        if campaign.morning and today == JANUARY and campaign.enclave is not None:
            told["garrison_january"] = float(campaign.enclave.garrison)
    if campaign.when.date() >= SEPTEMBER:
        told["is_september"] = men_of(campaign)
    told["lost_to_air"] = lost_to_air(campaign)
    units, foe = campaign.units, campaign.units["side"] == Side.ISLAMIC_STATE
    told |= {name: float(units[name][foe].sum()) for name in ("killed", "wounded", "joined", "left")}
    return told


def table(seeds: int) -> str:
    """Return the table over seeds."""
    runs = [followed(seed) for seed in range(1, seeds + 1)]
    lines = ["| figure | wanted | model, by seed |", "|---|---|---|"]
    for name in dict.fromkeys(key for run in runs for key in run):
        values = ", ".join(f"{run.get(name, np.nan):.0f}" for run in runs)
        low, high = WANTED.get(name, ("", ""))
        lines.append(f"| {name} | {low}{'-' if low else ''}{high} | {values} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(int(sys.argv[1]) if len(sys.argv) > 1 else 4) + "\n")
