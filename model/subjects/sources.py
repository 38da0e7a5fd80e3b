"""Sources: where a side's supply comes from, as nodes of the road graph."""

import numpy as np

from model.arrays import Ints
from model.layers import Layers
from model.ledger import Side
from model.map.theatre import Theatre


class Sources:
    """The part of a campaign that knows where supply comes from."""

    theatre: Theatre
    layers: Layers
    source_nodes: Ints
    source_sides: Ints
    source_cells: Ints  # cell on whose holder each depends, -1 beyond the frame

    def node_of(self, place: str) -> int:
        """Return the road node of a place or of a map edge's exit, -1 outside the frame."""
        if place in self.theatre.graph.exits:
            return self.theatre.graph.exits[place]
        cell = next((p.cell for p in self.theatre.places if p.id == place), -1)
        return int(self.theatre.node_of_cell[cell]) if cell >= 0 else -1

    def _seat_of(self, place: str) -> int:
        """Return the cell on whose holder a source depends: that of the place, or of the road where it leaves the map."""
        exits = self.theatre.graph.exits
        return int(self.theatre.graph.node_cell[exits[place]]) if place in exits else self.theatre.place(place).cell

    def open_sources(self, side: int) -> Ints:
        """Return the road nodes of a side's sources that still stand on its ground (those beyond the frame always do)."""
        cells = self.source_cells
        own = (cells < 0) | np.isin(self.layers.control[np.maximum(cells, 0)], (side, Side.NOBODY))
        nodes: Ints = self.source_nodes[own & (self.source_sides == side)]
        return nodes
