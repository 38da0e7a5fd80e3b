"""The proximal outcome of each row of the mission, named before any run, and the direction in which it should move."""

from typing import NamedTuple

from tests.mission import enclave, stores, theatre
from tests.mission.measuring import Measure


class Named(NamedTuple):
    """A measure, its unit, and the sign of the change that the row expects."""

    measure: type[Measure]
    unit: str
    direction: int


MEASURES: dict[str, Named] = {
    "M01": Named(enclave.LostArea, "km² · days", -1),
    "M02": Named(enclave.KilledPerVehicle, "killed a vehicle", 1),
    "M03": Named(enclave.Breaks, "per 100 unit-days", -1),
    "M04": Named(enclave.PostsLost, "cells per 1,000 men", 1),
    "M05": Named(enclave.Retaken, "share", 1),
    "M06": Named(enclave.CityFront, "km", -1),
    "M07": Named(enclave.AttackerDays, "man-days", 1),
    "M08": Named(stores.Recovered, "t a day", -1),
    "M09": Named(stores.MeanRation, "kcal", 1),
    "M10": Named(stores.Landed, "t in 30 days", -1),
    "M11": Named(stores.RecoveredShare, "share", 1),
    "M12": Named(enclave.LostAirportSector, "km² · days", -1),
    "M13": Named(theatre.PalmyraRoadWon, "km", 1),
    "M14": Named(theatre.RoadOpen, "share", 1),
    "M15": Named(theatre.PalmyraRoadWon, "km", 1),
    "M16": Named(theatre.RoadsCut, "days in 100", 1),
    "M17": Named(theatre.PalmyraArea, "km²", -1),
    "M18": Named(theatre.KhaburRoadWon, "km", 1),
    "M19": Named(theatre.SouthOfShaddadi, "man-days", 1),
    "M20": Named(theatre.KhaburExchange, "ratio", 1),
    "M21": Named(theatre.PalmyraExchange, "ratio", 1),
    "M22": Named(theatre.OverTheRiver, "men and 50 · t in 30 days", -1),
    "M23": Named(theatre.DaysToBridge, "days", 1),
    "M24": Named(theatre.MenToFronts, "men in 30 days", -1),
    "M25": Named(theatre.TravelDays, "days", 1),
    "M26": Named(theatre.Apart, "km", -1),
    "M27": Named(stores.EnclaveClock, "days", -1),
    "M28": Named(enclave.GroupsKnown, "share", 1),
    "M29": Named(enclave.FirstBreak, "share", 1),
    "M30": Named(theatre.RoutesHeld, "km", -1),
}
