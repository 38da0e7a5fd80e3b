"""Proximal outcomes beyond the siege: roads, raids, axes of advance, the river, lines of communication, the patrons."""

import numpy as np

from tests.mission.measuring import GOVERNMENT, ISLAMIC_STATE, SDF, Exchange, Measure, RoadWon

SUPPLY_WEIGHT = 50.0
"""Men that count as much as a tonne of supply over the river."""
SIXTY = 60


class PalmyraRoadWon(RoadWon):
    """Road km of the Palmyra road gained from Palmyra, connected."""


class KhaburRoadWon(RoadWon):
    """Road km of the Khabur road gained south of Shaddadi by the SDF."""

    start, objective, holder = "shaddadi", "suwar", SDF


class RoadOpen(Measure):
    """Share of days on which the Palmyra road is open from end to end."""

    def open(self) -> None:
        """Note the days already counted."""
        road = self.campaign.corridors["palmyra_road"]
        self.before = (road.days, road.days_open)

    def value(self) -> float:
        """Return the share."""
        road = self.campaign.corridors["palmyra_road"]
        days = road.days - self.before[0]
        return (road.days_open - self.before[1]) / days if days else 0.0


class RoadsCut(Measure):
    """Days in 100 on which the Palmyra or the Ithriya road is cut."""

    def open(self) -> None:
        """Nothing was cut yet."""
        self.cut = 0

    def day(self) -> None:
        """Count a day on which one of them was not open."""
        self.days += 1
        self.cut += any(road.open_days and not road.open_days[-1] for road in self.campaign.corridors.values())

    def value(self) -> float:
        """Return days in 100."""
        return 100.0 * self.cut / max(1, self.days)


class PalmyraArea(Measure):
    """Area that the government holds within 20 km of Palmyra on day 10, km²."""

    def open(self) -> None:
        """Mark the cells."""
        self.cells, self.on_day_10 = self.around("palmyra", 20.0), 0.0

    def day(self) -> None:
        """Measure until day 10."""
        if self.days <= 10:
            self.on_day_10 = self.owned(self.cells, GOVERNMENT) * self.cell_km2
        self.days += 1

    def value(self) -> float:
        """Return the area."""
        return self.on_day_10


class SouthOfShaddadi(Measure):
    """Man-days of the SDF south of the stop line at Shaddadi, east of the Balikh."""

    def open(self) -> None:
        """Mark the land."""
        theatre, campaign = self.campaign.theatre, self.campaign
        row, _ = divmod(campaign.cell_of_place("shaddadi"), theatre.width)
        _, column = divmod(campaign.cell_of_place("raqqa"), theatre.width)
        rows, columns = np.divmod(np.arange(theatre.cells), theatre.width)
        self.south = (rows < row - 2.0 / theatre.cell_km) & (columns > column + 60.0 / theatre.cell_km)
        self.man_days = 0.0

    def day(self) -> None:
        """Count men."""
        there = self.mine(SDF) & self.south[self.units["cell"]]
        self.man_days += float(self.units["men"][there].sum())

    def value(self) -> float:
        """Return the man-days."""
        return self.man_days


class KhaburExchange(Exchange):
    """Enemies killed / (SDF killed + 1) on the Khabur axis."""

    start, objective, own, km, frame = "hasaka", "suwar", SDF, 30.0, True


class PalmyraExchange(Exchange):
    """Enemies killed / (army killed + 1) on the Palmyra axis."""

    start, objective, own, km, frame = "t4", "kabajib", GOVERNMENT, 30.0, False


class OverTheRiver(Measure):
    """Men of the Islamic State and 50 · tonnes of its supply over the river in 30 days."""

    def open(self) -> None:
        """Note what has crossed before."""
        self.first = self.over()

    def over(self) -> float:
        """Return men and supply so far."""
        river = self.campaign.river
        return float(river.men_over[ISLAMIC_STATE] + SUPPLY_WEIGHT * river.tonnes_over[ISLAMIC_STATE])

    def day(self) -> None:
        """Count the days."""
        self.days += 1

    def value(self) -> float:
        """Return the flow of 30 days."""
        return 30.0 * (self.over() - self.first) / max(1, self.days - 1)


class DaysToBridge(Measure):
    """Days until the government has built a bridge, 60 if it has none by then."""

    def open(self) -> None:
        """None is built."""
        self.built = SIXTY

    def day(self) -> None:
        """Look whether it stands."""
        if self.campaign.river.bridges_built[GOVERNMENT] > 0:
            self.built = min(self.built, self.days)
        self.days += 1

    def value(self) -> float:
        """Return the days."""
        return float(self.built)


class MenToFronts(Measure):
    """Men of the Islamic State who reach a front from Iraq or Raqqa in 30 days."""

    def day(self) -> None:
        """Count the days."""
        self.days += 1

    def value(self) -> float:
        """Return those who came in from outside and those sent between fronts."""
        lines = self.campaign.communications
        return 30.0 * (lines.men_from_outside + lines.men_shifted) / max(1, self.days - 1)


class TravelDays(Measure):
    """Mean days of travel from the lifeline's capital to the border, 30 where no way is left."""

    def open(self) -> None:
        """Nobody has travelled yet."""
        self.travel: list[float] = []

    def day(self) -> None:
        """Ask for the way."""
        route = self.campaign.communications.route
        if route is not None and self.campaign.turn > 0:
            self.travel.append(min(30.0, float(route.travel_days)))

    def value(self) -> float:
        """Return the mean."""
        return float(np.mean(self.travel)) if self.travel else 30.0


class Apart(Measure):
    """Distance between the nearest ground of the army that is joined to its sources and that of the SDF, mean of 60 days, km."""

    LAST = 60

    def open(self) -> None:
        """Nothing measured yet."""
        self.km: list[float] = []

    def day(self) -> None:
        """Measure the gap between the road nodes that both reach."""
        campaign = self.campaign
        nodes = campaign.theatre.graph.node_cell
        ours, theirs = (
            nodes[np.isfinite(campaign.node_times[side]) & (nodes >= 0) & (campaign.layers.control[nodes] == side)]
            for side in (GOVERNMENT, SDF)
        )
        self.km.append(float(self.km_to(ours, theirs).min()) if ours.size and theirs.size else 300.0)

    def value(self) -> float:
        """Return the mean of the last 60 days."""
        return float(np.mean(self.km[-self.LAST :]))


class RoutesHeld(Measure):
    """Road km of the lifeline side's lines of communication that are wholly on its own ground at the end."""

    def value(self) -> float:
        """Return the km."""
        route = self.campaign.communications.route
        return float(route.km_held) if route is not None else 0.0
