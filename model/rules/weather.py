"""Weather: storms hide attackers and keep aircraft on the ground; wind scatters what is dropped."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model.events import EventKind

if TYPE_CHECKING:
    from model.campaign import Campaign

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass
class Weather:
    """The weather of the day."""

    kind: str = "clear"  # clear, haze, storm
    wind: float = 3.0  # m/s at 10 m
    deviate: float = 0.0  # standard normal of the wind, correlated from day to day

    @property
    def storm(self) -> bool:
        """Whether a sandstorm blows."""
        return self.kind == "storm"


def turn(campaign: "Campaign") -> None:
    """Draw the day's weather each morning.

    A storm begins on a dry day with f / (length (1 - f)), f the month's share of storm days, and ends each day with
    1 / length. Wind is lognormal about the month's mean and correlated from day to day. Source: estimates from regional
    climate notes; no station record of the siege is known.
    """
    if not campaign.morning:
        return
    air = campaign.rules.air
    chance = campaign.chance["weather"]
    begins, hazy = chance.random(2)
    noise = chance.standard_normal()
    month = MONTHS[campaign.when.month - 1]
    weather = campaign.weather
    share = getattr(air, f"storm_{month}") / 30.4
    ends = 1.0 / air.storm_len
    was_storm = weather.storm
    storm = begins >= ends if was_storm else begins < share / (air.storm_len * (1.0 - share))
    weather.deviate = air.wind_ar * weather.deviate + math.sqrt(1.0 - air.wind_ar**2) * noise
    spread = math.sqrt(math.log(1.0 + air.wind_cv**2))
    mean = getattr(air, f"wind_{month}")
    weather.wind = air.wind_storm if storm else mean * math.exp(spread * weather.deviate - spread**2 / 2.0)
    weather.kind = "storm" if storm else "haze" if hazy < air.haze_days / 30.4 else "clear"
    if storm and not was_storm:
        campaign.tell(EventKind.WEATHER, "A sandstorm covers the valley; aircraft stay on the ground.", weight=0.35)
