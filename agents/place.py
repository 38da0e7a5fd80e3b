"""Places as Mesa agents: towns, posts and crossings, with the side that holds them."""

from typing import TYPE_CHECKING

import mesa

from model.ledger import Side

if TYPE_CHECKING:
    from model.campaign import Campaign


class Place(mesa.Agent):
    """A named place of the map."""

    model: "Campaign"

    def __init__(self, model: "Campaign", index: int) -> None:
        super().__init__(model)
        self.index = index
        self.id = model.theatre.places[index].id
        self.name = model.theatre.places[index].name
        self.kind = model.theatre.places[index].kind
        self.cell = model.theatre.places[index].cell

    @property
    def holder(self) -> Side:
        """The side that controls its ground."""
        return Side(int(self.model.layers.control[self.cell]))
