"""Places as Mesa agents: towns, posts and crossings, with the side that holds them, their people and their history."""

from typing import TYPE_CHECKING

import mesa

from model.ledger import Side
from model.subjects.quarters import Chapter

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

    @property
    def owner(self) -> Side:
        """The side that last held it: nobody's ground still counts to its last holder."""
        enclave = self.model.enclave
        if enclave is not None and self.id in enclave.quarters.index:
            return Side(int(enclave.quarters.owner[enclave.quarters.index[self.id]]))
        return Side(self.history[-1].side) if self.history else self.holder

    @property
    def civilians(self) -> float | None:
        """The people who live in it; None where nobody counts them (outside the enclave)."""
        enclave = self.model.enclave
        if enclave is None or self.id not in enclave.quarters.index:
            return None
        return float(enclave.quarters.people[enclave.quarters.index[self.id]])

    @property
    def history(self) -> tuple[Chapter, ...]:
        """Who took it and when, in order of date."""
        return tuple(self.model.place_history.get(self.id, ()))
