"""Units and places as Mesa agents: thin faces on the rows of the ledger and on the map."""

from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from model.campaign import Campaign


class Column:
    """An attribute of a face that reads and writes one column of the ledger."""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, face: "Unit | None", owner: type | None = None) -> Any:
        return self if face is None else face.model.units[self.name][face.row].item()

    def __set__(self, face: "Unit", value: object) -> None:
        face.model.units[self.name][face.row] = value


class Unit(mesa.Agent):
    """What fights: platoon to battalion. All it knows stands in its row of the ledger."""

    model: "Campaign"

    side, force, command, kind, mode = Column(), Column(), Column(), Column(), Column()
    state, posture, fort, order, goal, cell, home = Column(), Column(), Column(), Column(), Column(), Column(), Column()
    men, men0, killed, wounded, captured, deserted = Column(), Column(), Column(), Column(), Column(), Column()
    tank, ifv, tech, gun, mortar, atgm = Column(), Column(), Column(), Column(), Column(), Column()
    resolve, train, cev, sup, fatigue, ammo, food, ration = (
        Column(), Column(), Column(), Column(), Column(), Column(), Column(), Column()
    )  # fmt: skip
    alive, besieged, traced = Column(), Column(), Column()

    def __init__(self, model: "Campaign", row: int) -> None:
        super().__init__(model)
        self.row = row

    @property
    def name(self) -> str:
        """The name of its formation."""
        return self.model.name_of(self.row)
