"""Arenas for proofs: Lanchester's open field with one unit a side, and dice that always show their middle."""

import numpy as np

from agents.muster import muster
from model.configuration.loading import load
from model.ledger import Order
from tests.rules.small_field import cell, changed, formation, scenario

CALM = {
    "intel__humint": 0.0, "move__infil_try": 0.0, "svbied__svbied_rate": 0.0,
    "islamic_state__is_recruit": 0.0, "combat__k_harass": 0.0,
}  # fmt: skip
"""No process but the battle itself."""


class Middling:
    """A stream whose luck is always middling: gamma gives its mean, a die shows one half."""

    def gamma(self, shape, scale, size=None):
        return np.full(size, shape * scale)

    def random(self, size=None):
        return np.full(size, 0.5)


class Always:
    """A stream that says the same in every turn."""

    def __init__(self, dice):
        self.dice, self.turn = dice, 0

    def wind_to(self, turn):
        """Stand at a turn."""
        self.turn = turn


def deterministic(campaign):
    """Let a campaign fight without chance: casualties are the expectation, rounded."""
    campaign.chance._streams["fire"] = Always(Middling())
    return campaign


def duel(blue, red, *, turn_h=6, exponent=1.0, blue_units=1, **settings):
    """Return the shipped Lanchester field with so many men a side, each side one unit, three km apart."""
    situation = load("lanchester")
    forces = dict(situation.forces)
    for force, men, units, place in (
        ("republican_guard", blue, blue_units, (18, 15)),
        ("islamic_state", red, 1, (22, 15)),
    ):
        (name,) = forces[force].order_of_battle
        stands = formation(place, men, units, posture="attack")
        forces[force] = forces[force].model_copy(update={"order_of_battle": {name: stands}})
    free = {"combat__attr_W": exponent, "combat__frontage": 1e9, "combat__kia_frac": 0.5} | settings
    rules = changed(situation.rules, **free)
    return situation.model_copy(update={"forces": forces, "rules": rules, "turn_h": turn_h})


def men_left(campaign):
    """Return the men in the field of the government and of the Islamic State."""
    units = campaign.units
    alive = units["alive"] == 1
    return tuple(int(units["men"][alive & (units["side"] == side)].sum()) for side in (1, 2))


def until_one_is_gone(campaign, share=0.0):
    """Play until a side is down to a share of its men; return the men after each turn from the first shot on."""
    start = men_left(campaign)
    told = [start]
    while not campaign.over and all(now > share * first for now, first in zip(told[-1], start, strict=True)):
        campaign.step()
        now = men_left(campaign)
        if now != start:
            told.append(now)
    return np.array(told, dtype=float)


def equals(**settings):
    """Return settings under which the sides differ in their labels alone."""
    same = {
        "combat__cev_rg": 1.0, "combat__cev_is_assault": 1.0, "morale__fate0": 0.0, "morale__exec_frac": 0.0,
        "move__night_is": 0.6, "move__night_veh": 0.6, "intel__humint": 0.0,
    }  # fmt: skip
    for spirit, value in (("train", 0.5), ("resolve", 0.6), ("surr", 0.3)):
        for quality in ("rg", "is_assault") if spirit != "surr" else ("rg", "is"):
            same[f"morale__{spirit}_{quality}"] = value
    return CALM | same | settings


def staged(forces, **rest):
    """Return a function of the seed that opens a small war: `forces` maps a side to (formation, cell it attacks) pairs."""
    situation = scenario({side: [f for f, _ in many] for side, many in forces.items()}, **rest)
    goals = [goal for many in forces.values() for one, goal in many for _ in range(one.units)]

    def opened(seed):
        campaign = muster(situation, seed)
        for row, goal in enumerate(goals):
            if goal is not None:
                campaign.send(row, cell(campaign, *goal), Order.ATTACK)
        return campaign

    return opened
