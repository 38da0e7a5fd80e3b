"""Lines of communication as a scenario names them: the roads a side needs, place by place."""

from pydantic import Field

from model.quantities import Closed, SideName


class Line(Closed):
    """A road that a side needs, as the places it passes in order (between two of them it takes the shortest road)."""

    side: SideName
    title: str  # as a sentence names it: "the road from … to …"
    via: tuple[str, ...] = Field(min_length=2)  # place ids or map-edge exits
