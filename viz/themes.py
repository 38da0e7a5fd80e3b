"""Themes: the other looks, as changes to the printed map by day - the same map by night, and one for colour-blind readers."""

from dataclasses import replace

from model.events import EventKind
from model.ledger import Side
from viz.palette import DAY, Theme, Wash, rgb, style

_GUARD = style("#D8404B", "#FFFFFF", "#FFD9DC", "#E8606A")
_NDF = style("#E8935F", "#2A1206", "#FFE3D2", "#F0A070")
_IS = style("#0B0C0E", "#FFFFFF", "#D5DBE1", "#C9D0D8")
_SDF = style("#F2C21A", "#2A2000", "#FFF2BD", "#F2C21A")
_ARMY = style("#B2487F", "#FFFFFF", "#FAD3E6", "#D873A6")
_RELIEF = style("#EBB1BC", "#3E0D18", "#FFF0F2", "#E5909F")
_PESHMERGA = style("#3FA57B", "#06170F", "#CFF3E2", "#5FC79B")
_NOBODY = style("#6F7883", "#FFFFFF", "#D5DBE1", "#A7B2BD")

NIGHT = replace(
    DAY,
    paper=rgb("#0D1116"),
    panel=rgb("#12171D"),
    card=rgb("#1A2128"),
    hairline=rgb("#27303A"),
    stronger=rgb("#3A4653"),
    ink=(rgb("#E9EEF3"), rgb("#A7B2BD"), rgb("#8A97A3")),
    accent=rgb("#58C4D4"),
    accent_wash=rgb("#173A42"),
    ok=rgb("#5FBF84"),
    warn=rgb("#F2B84B"),
    bad=rgb("#F0625A"),
    water=rgb("#2B5468"),
    water_centre=rgb("#315E74"),
    water_edge=rgb("#1B3948"),
    water_label=rgb("#7FB9D2"),
    ramp=tuple(
        (share, rgb(colour))
        for (share, _), colour in zip(DAY.ramp, ("#232A31", "#262C32", "#2B3036", "#33363A", "#3D3D3E", "#4A4744"), strict=True)
    ),
    shadow=rgb("#07090C"),
    shadow_share=0.75,
    light=rgb("#8A98A8"),
    light_share=0.22,
    fields=(rgb("#22332F"), rgb("#1F3A33"), rgb("#234136"), rgb("#2A3832")),
    farmland=rgb("#2C3432"),
    salt=rgb("#454C53"),
    urban=rgb("#4A4B4D"),
    street=rgb("#66655F"),
    scarp=rgb("#59606A"),
    border=rgb("#8E80A0"),
    roads={
        "highway": (rgb("#8A7A5C"), rgb("#171A1E")),
        "road": (rgb("#6F6654"), rgb("#171A1E")),
        "track": (rgb("#5A5548"), rgb("#2A2C2E")),
    },
    label=rgb("#D9DEE3"),
    halo=rgb("#12171C"),
    military_label=rgb("#F09AA0"),
    front_casing=rgb("#F2EDE0"),
    forces={
        "guard": _GUARD,
        "ndf": _NDF,
        "national_defence": _NDF,
        "islamic_state": _IS,
        "sdf": _SDF,
        "peshmerga": _PESHMERGA,
        "tribal": style("#C9A26B", "#241606", "#F3E4CB", "#D9B888"),
        "relief": _RELIEF,
        "pkk": style("#B9C94A", "#23270A", "#EEF4C4", "#CBD96A"),
        "army": _ARMY,
        "tiger": _ARMY,
        "palmyra": _RELIEF,
    },
    sides={
        Side.NOBODY: _NOBODY,
        Side.GOVERNMENT: _GUARD,
        Side.ISLAMIC_STATE: _IS,
        Side.SDF: _SDF,
        Side.PESHMERGA: _PESHMERGA,
    },
    washes={
        Side.GOVERNMENT: Wash(rgb("#B83A48"), 0.17, 0.38, rgb("#E8606A")),
        Side.ISLAMIC_STATE: Wash(rgb("#05070A"), 0.04, 0.40, rgb("#C9D0D8")),
        Side.SDF: Wash(rgb("#C9A00C"), 0.20, 0.36, rgb("#F2C21A")),
        Side.PESHMERGA: Wash(rgb("#3FA57B"), 0.20, 0.36, rgb("#5FC79B")),
    },
    events={
        EventKind.FIGHTING: rgb("#FF8A50"),
        EventKind.SVBIED: rgb("#F0625A"),
        EventKind.CAPTURE: rgb("#B693E0"),
        EventKind.ROUT: rgb("#D88C74"),
        EventKind.SURRENDER: rgb("#B5B0A6"),
        EventKind.RAID: rgb("#E39355"),
        EventKind.LINE: rgb("#A9BC78"),
        EventKind.AIR_STRIKE: rgb("#7FB2EE"),
        EventKind.ARTILLERY: rgb("#D2A058"),
        EventKind.AIRDROP: rgb("#62C98F"),
        EventKind.HUNGER: rgb("#F09AA0"),
        EventKind.CIVILIANS: rgb("#F09AA0"),
        EventKind.CROSSING: rgb("#7FB9D2"),
        EventKind.REINFORCEMENT: rgb("#6FCB97"),
        EventKind.WITHDRAWAL: rgb("#B5B0A6"),
        EventKind.MILESTONE: rgb("#58C4D4"),
        EventKind.WEATHER: rgb("#CDB77A"),
    },
)
"""The dark theme: the same map by night."""

_BLUE = style("#0B4F9E", "#FFFFFF", "#05274F", "#0B4F9E")
_SKY = style("#4FA3E3", "#04203A", "#0B3D66", "#2C86CC")
_AMBER = style("#E8A200", "#2E2000", "#5C4000", "#B47D00")
_NAVY = style("#3A3F92", "#FFFFFF", "#171A4A", "#3A3F92")
_PALE = style("#B9D6F2", "#04203A", "#0B3D66", "#5B94C8")
_MAUVE = style("#C77CA8", "#2C0A1E", "#56203F", "#A85587")

COLOUR_BLIND = replace(
    DAY,
    ok=rgb("#2A6FBF"),
    bad=rgb("#A33A00"),
    forces=DAY.forces
    | {
        "guard": _BLUE,
        "ndf": _SKY,
        "national_defence": _SKY,
        "sdf": _AMBER,
        "army": _NAVY,
        "tiger": _NAVY,
        "relief": _PALE,
        "palmyra": _PALE,
        "peshmerga": _MAUVE,
        "tribal": style("#8FB4D0", "#0A2236", "#1F4A6B", "#5E8CAD"),
        "pkk": style("#F0D48A", "#33260A", "#6B5413", "#A88A35"),
    },
    sides=DAY.sides
    | {
        Side.GOVERNMENT: _BLUE,
        Side.SDF: _AMBER,
        Side.PESHMERGA: _MAUVE,
    },
    washes=DAY.washes
    | {
        Side.GOVERNMENT: Wash(rgb("#2C6FC0"), 0.18, 0.46, rgb("#0B4F9E")),
        Side.SDF: Wash(rgb("#E8A200"), 0.20, 0.50, rgb("#B47D00")),
        Side.PESHMERGA: Wash(rgb("#C77CA8"), 0.18, 0.46, rgb("#A85587")),
    },
)
"""Blue and amber instead of red and yellow; frames and the cased front line carry the rest."""

THEMES: dict[str, Theme] = {"day": DAY, "night": NIGHT, "colour-blind": COLOUR_BLIND}
"""Every look by its name on the command line."""
