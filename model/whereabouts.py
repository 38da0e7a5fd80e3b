"""Whereabouts: distances, names of ground, routes and refuges."""

import math

import numpy as np

from model import orders
from model.chronicle import Chronicle
from model.ledger import HOSTILE, Order
from model.map.crossings import open_steps
from model.ways.refuge import refuge_of


class Whereabouts(Chronicle):
    """The part of a campaign that knows where things are."""

    def km_between(self, a: int, b: int) -> float:
        """Return the straight distance of two cells in km."""
        width = self.theatre.width
        return math.hypot(a // width - b // width, a % width - b % width) * self.theatre.cell_km

    def lat_lon(self, cell: int) -> tuple[float, float]:
        """Return latitude and longitude of a cell's centre."""
        x, y = self.theatre.centre_km(cell)
        return self.theatre.south + y / self.theatre.km_per_degree[1], self.theatre.west + x / self.theatre.km_per_degree[0]

    def cell_of_place(self, place_id: str) -> int:
        """Return the cell of a place, or of a map edge's exit."""
        if place_id in self.theatre.graph.exits:
            return int(self.theatre.graph.node_cell[self.theatre.graph.exits[place_id]])
        return self.theatre.place(place_id).cell

    def place_name(self, place_id: str) -> str:
        """Return the name of a place, or of a map edge's exit."""
        if place_id not in self.theatre.graph.exits:
            return self.theatre.place(place_id).name
        edge, _, beyond = place_id.partition("_")
        return f"the {edge} edge of the map" + (f" ({beyond.title()})" if beyond else "")

    def send(self, row: int, goal: int, order: Order) -> None:
        """Order a unit to a cell (its commander's pen)."""
        orders.send(self.units, np.array([row]), int(goal), int(order))

    def halt(self, row: int) -> None:
        """Order a unit to hold where it stands."""
        orders.halt(self.units, np.array([row]))

    def refuge(self, row: int) -> int:
        """Return the cell where a broken unit may find its feet, -1 if there is none.

        Its own post if that is still its side's; else the nearest place or post held by steady friends on its bank, not beside
        an enemy.
        """
        theatre, layers = self.theatre, self.layers
        return refuge_of(self.units, row, layers.men, layers.control, theatre.bank, HOSTILE, theatre.offsets, theatre.width)

    def set_crossing(self, crossing_id: str, *, intact: bool, text: str = "") -> None:
        """Open or close a crossing: the steps over the river, and every route, change with it. `text` tells of it."""
        for index, crossing in enumerate(self.theatre.crossings):
            if crossing.id == crossing_id and bool(self.intact[index]) != intact:
                self.intact[index] = intact
                self.fields.change_steps(open_steps(self.theatre, self.intact))
                self.tell_of_crossing(index, text)
