"""The palette: every colour of the view, by role. A theme is one table; the day theme is a printed relief map."""

from dataclasses import dataclass, replace

from model.account.frame import Opening
from model.events import EventKind
from model.ledger import Side

Colour = tuple[int, int, int]


def rgb(text: str) -> Colour:
    """Return the colour of '#RRGGBB'."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


@dataclass(frozen=True, slots=True)
class ForceStyle:
    """How a force is drawn: fill, icon and edge of its symbols, and its line in charts."""

    fill: Colour
    icon: Colour
    edge: Colour
    line: Colour


@dataclass(frozen=True, slots=True)
class Wash:
    """How a side's ground is tinted: colour, opacity deep inside, opacity added at the border."""

    colour: Colour
    inside: float
    rim: float
    line: Colour


@dataclass(frozen=True, slots=True)
class Theme:
    """One look."""

    paper: Colour
    panel: Colour
    card: Colour
    hairline: Colour
    stronger: Colour
    ink: tuple[Colour, Colour, Colour]
    accent: Colour
    accent_wash: Colour
    ok: Colour
    warn: Colour
    bad: Colour
    water: Colour
    water_centre: Colour
    water_edge: Colour
    water_label: Colour
    ramp: tuple[tuple[float, Colour], ...]  # height quantile, colour
    shadow: Colour
    shadow_share: float
    light: Colour
    light_share: float
    fields: tuple[Colour, ...]
    farmland: Colour
    salt: Colour
    urban: Colour
    street: Colour
    scarp: Colour
    border: Colour
    roads: dict[str, tuple[Colour, Colour]]  # class: fill, casing
    label: Colour
    halo: Colour
    military_label: Colour
    front_casing: Colour
    forces: dict[str, ForceStyle]
    sides: dict[int, ForceStyle]
    washes: dict[int, Wash]
    events: dict[EventKind, Colour]

    def force(self, opening: Opening, index: int) -> ForceStyle:
        """Return the style of a force: its own, or that of its side."""
        name = opening.force_ids[index]
        for key, style in self.forces.items():
            if key in name:
                return style
        return self.sides[opening.force_sides[index]]

    def same_ground(self, other: "Theme") -> bool:
        """Tell whether another look differs only in what lies on the map, so that both can share one."""
        return replace(self, ok=other.ok, bad=other.bad, forces=other.forces, sides=other.sides, washes=other.washes) == other


def style(fill: str, icon: str, edge: str, line: str | None = None) -> ForceStyle:
    """Return the style of colours written as '#RRGGBB'; the line is as the fill unless told."""
    return ForceStyle(rgb(fill), rgb(icon), rgb(edge), rgb(line or fill))


GUARD = style("#B4232F", "#FFFFFF", "#4A0D13")
NDF = style("#E08A5B", "#3A1A0C", "#5A2A14", "#D9773F")
ISLAMIC_STATE = style("#2B2E33", "#FFFFFF", "#0E0F11")
SDF = style("#F2C21A", "#3A2E00", "#5C4700", "#C99A00")
ARMY = style("#8E2F5C", "#FFFFFF", "#3B0F25")
RELIEF = style("#E7A9B4", "#3E0D18", "#5A1A28", "#C9697D")
PESHMERGA = style("#3E8E6B", "#FFFFFF", "#163D2C")

DAY = Theme(
    paper=rgb("#F4F0E6"),
    panel=rgb("#FBF9F4"),
    card=rgb("#FFFFFF"),
    hairline=rgb("#E2DACA"),
    stronger=rgb("#CFC5B1"),
    ink=(rgb("#23262A"), rgb("#5D6166"), rgb("#6F716B")),
    accent=rgb("#0F6C7A"),
    accent_wash=rgb("#D5E8EA"),
    ok=rgb("#3B8B5A"),
    warn=rgb("#D98E04"),
    bad=rgb("#B3261E"),
    water=rgb("#86B4C9"),
    water_centre=rgb("#93BFD2"),
    water_edge=rgb("#5A8FA8"),
    water_label=rgb("#2E6B87"),
    ramp=(
        (0.01, rgb("#E4D9BC")),
        (0.25, rgb("#E9DDC1")),
        (0.50, rgb("#E3D2AF")),
        (0.75, rgb("#D6BF97")),
        (0.90, rgb("#C4A77E")),
        (0.99, rgb("#AB8A66")),
    ),
    shadow=rgb("#4A3B4F"),
    shadow_share=0.62,
    light=rgb("#FFF8E4"),
    light_share=0.34,
    fields=(rgb("#C6C99E"), rgb("#B6C091"), rgb("#A7B485"), rgb("#D0CBA0")),
    farmland=rgb("#D9D3A6"),
    salt=rgb("#F3EFE4"),
    urban=rgb("#B9AB9A"),
    street=rgb("#8F8376"),
    scarp=rgb("#8C745A"),
    border=rgb("#7B6A86"),
    roads={
        "highway": (rgb("#FFF3D6"), rgb("#8F7657")),
        "road": (rgb("#FBF1DC"), rgb("#A8937A")),
        "track": (rgb("#B79F80"), rgb("#B79F80")),
    },
    label=rgb("#3A342B"),
    halo=rgb("#F8F1E0"),
    military_label=rgb("#7A1C25"),
    front_casing=rgb("#FFF9EC"),
    forces={
        "guard": GUARD,
        "ndf": NDF,
        "national_defence": NDF,
        "islamic_state": ISLAMIC_STATE,
        "sdf": SDF,
        "peshmerga": PESHMERGA,
        "tribal": style("#C9A26B", "#3A260C", "#57401A", "#A87F3F"),
        "relief": RELIEF,
        "pkk": style("#B9C94A", "#2E3310", "#4C5519", "#8A9730"),
        "army": ARMY,
        "tiger": ARMY,
        "palmyra": RELIEF,
    },
    sides={
        Side.NOBODY: style("#9A958A", "#FFFFFF", "#4A463E"),
        Side.GOVERNMENT: GUARD,
        Side.ISLAMIC_STATE: ISLAMIC_STATE,
        Side.SDF: SDF,
        Side.PESHMERGA: PESHMERGA,
    },
    washes={
        Side.GOVERNMENT: Wash(rgb("#C0313B"), 0.15, 0.46, rgb("#B4232F")),
        Side.ISLAMIC_STATE: Wash(rgb("#33363C"), 0.03, 0.36, rgb("#2B2E33")),
        Side.SDF: Wash(rgb("#EDB90A"), 0.20, 0.50, rgb("#C99A00")),
        Side.PESHMERGA: Wash(rgb("#4FA37F"), 0.18, 0.46, rgb("#3E8E6B")),
    },
    events={
        EventKind.FIGHTING: rgb("#D9480F"),
        EventKind.SVBIED: rgb("#A61B1B"),
        EventKind.CAPTURE: rgb("#6B3FA0"),
        EventKind.ROUT: rgb("#8A3B2A"),
        EventKind.SURRENDER: rgb("#6F6A61"),
        EventKind.RAID: rgb("#B4541A"),
        EventKind.LINE: rgb("#5B6B3A"),
        EventKind.AIR_STRIKE: rgb("#2F6DB5"),
        EventKind.ARTILLERY: rgb("#8A5A12"),
        EventKind.AIRDROP: rgb("#2E8B57"),
        EventKind.HUNGER: rgb("#7A1C25"),
        EventKind.CIVILIANS: rgb("#7A1C25"),
        EventKind.CROSSING: rgb("#2E6B87"),
        EventKind.REINFORCEMENT: rgb("#3B8B5A"),
        EventKind.WITHDRAWAL: rgb("#6F6A61"),
        EventKind.MILESTONE: rgb("#0F6C7A"),
        EventKind.WEATHER: rgb("#8A7A4A"),
    },
)
"""The light theme: paper, cream light, violet shadow."""
