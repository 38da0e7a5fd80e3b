"""Icons: small pictures of events and buttons on a 24 x 24 sheet, one colour each."""

import pygame

from model.events import EventKind
from viz.palette import Colour
from viz.svg import drawing, paint

_LINE = 'fill="none" stroke="{c}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'
_STAR = (
    "12,1 14.2,7.2 19.8,4.2 16.8,9.8 23,12 16.8,14.2 19.8,19.8 14.2,16.8 "
    "12,23 9.8,16.8 4.2,19.8 7.2,14.2 1,12 7.2,9.8 4.2,4.2 9.8,7.2"
)
_PLANE = (
    "12,2 13.4,4.5 13.6,9.5 22,14.2 22,16 13.5,13.8 13.2,18.6 15.8,20.6 15.8,22 "
    "12,21 8.2,22 8.2,20.6 10.8,18.6 10.5,13.8 2,16 2,14.2 10.4,9.5 10.6,4.5"
)


EVENTS: dict[EventKind, str] = {
    EventKind.FIGHTING: f'<path d="M5 4 L19 20 M19 4 L5 20 M3 17 L8 21 M21 17 L16 21" {_LINE}/>',
    EventKind.SVBIED: f'<polygon points="{_STAR}" fill="{{c}}"/>',
    EventKind.CAPTURE: '<path d="M6 2 V22" stroke="{c}" stroke-width="2.4"/><path d="M7 3 H20 L16 8 L20 13 H7 Z" fill="{c}"/>',
    EventKind.ROUT: f'<path d="M20 5 L8 5 L8 17 M3 12 L8 18 L13 12" {_LINE}/>',
    EventKind.SURRENDER: f'<path d="M6 2 V22 M7 3 H20 V12 H7" {_LINE}/>',
    EventKind.RAID: f'<path d="M3 17 C8 5 14 5 19 12 M20 5 L19.5 12.5 L12.5 12" {_LINE}/>',
    EventKind.LINE: f'<path d="M2 12 H8 M16 12 H22 M9 8 L15 16 M15 8 L9 16" {_LINE}/>',
    EventKind.AIR_STRIKE: f'<polygon points="{_PLANE}" fill="{{c}}"/>',
    EventKind.ARTILLERY: (
        f'<circle cx="12" cy="12" r="5" fill="{{c}}"/><path d="M12 1 V5 M12 19 V23 M1 12 H5 M19 12 H23" {_LINE}/>'
    ),
    EventKind.AIRDROP: (
        '<path d="M2 11 A10 9 0 0 1 22 11 Q19.5 8.5 17 11 Q14.5 8.5 12 11 Q9.5 8.5 7 11 Q4.5 8.5 2 11 Z" fill="{c}"/>'
        '<path d="M2.5 11 L10.5 18 M21.5 11 L13.5 18 M12 11 V18" stroke="{c}" stroke-width="1.3" fill="none"/>'
        '<rect x="9.5" y="17.5" width="5" height="5" fill="{c}"/>'
    ),
    EventKind.HUNGER: f'<path d="M3 11 H21 A9 9 0 0 1 3 11 Z M12 11 V4 M8 11 V7 M16 11 V7" {_LINE}/>',
    EventKind.CIVILIANS: (
        '<circle cx="8" cy="6" r="3.2" fill="{c}"/><path d="M3 20 V14 A5 4.5 0 0 1 13 14 V20 Z" fill="{c}"/>'
        '<circle cx="17" cy="9" r="2.5" fill="{c}"/><path d="M14.5 20 V14.5 A3.4 3.2 0 0 1 21.3 15 V20 Z" fill="{c}"/>'
    ),
    EventKind.CROSSING: f'<path d="M2 8 H22 M5 8 C6 16 18 16 19 8 M2 18 Q5 15.5 8 18 T14 18 T20 18" {_LINE}/>',
    EventKind.REINFORCEMENT: f'<path d="M12 4 V20 M4 12 H20" {_LINE}/>',
    EventKind.WITHDRAWAL: f'<path d="M21 12 H4 M10 5 L3.5 12 L10 19" {_LINE}/>',
    EventKind.MILESTONE: (
        '<polygon points="12,2 15,9 22.5,9.5 16.7,14.3 18.6,21.6 12,17.5 5.4,21.6 7.3,14.3 1.5,9.5 9,9" fill="{c}"/>'
    ),
    EventKind.WEATHER: f'<path d="M2 8 H14 A3 3 0 1 0 11 5 M2 13 H19 A3 3 0 1 1 16 16 M2 18 H10" {_LINE}/>',
}
BUTTONS: dict[str, str] = {
    "play": '<polygon points="7,4 20,12 7,20" fill="{c}"/>',
    "pause": (
        '<rect x="6" y="4" width="4.4" height="16" rx="1" fill="{c}"/>'
        '<rect x="13.6" y="4" width="4.4" height="16" rx="1" fill="{c}"/>'
    ),
    "step": '<polygon points="5,5 15,12 5,19" fill="{c}"/><rect x="16" y="5" width="3" height="14" fill="{c}"/>',
    "back": '<polygon points="19,5 9,12 19,19" fill="{c}"/><rect x="5" y="5" width="3" height="14" fill="{c}"/>',
    "fit": f'<path d="M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15" {_LINE}/>',
    "layers": f'<path d="M12 3 L21 8 L12 13 L3 8 Z M3 12.5 L12 17.5 L21 12.5 M3 16.5 L12 21.5 L21 16.5" {_LINE}/>',
    "eye": f'<path d="M2 12 Q12 2.5 22 12 Q12 21.5 2 12 Z" {_LINE}/><circle cx="12" cy="12" r="3.2" fill="{{c}}"/>',
    "record": f'<circle cx="12" cy="12" r="9" {_LINE}/><circle cx="12" cy="12" r="4.6" fill="{{c}}"/>',
    "theme": f'<circle cx="12" cy="12" r="9" {_LINE}/><path d="M12 3 A9 9 0 0 1 12 21 Z" fill="{{c}}"/>',
    "camera": f'<path d="M3 7 H7.5 L9.5 4.5 H14.5 L16.5 7 H21 V19 H3 Z" {_LINE}/><circle cx="12" cy="12.6" r="3.6" {_LINE}/>',
    "help": (
        f'<circle cx="12" cy="12" r="9.5" {_LINE}/><path d="M9 9.2 A3 3 0 1 1 12.6 12 Q12 12.4 12 14" {_LINE}/>'
        '<circle cx="12" cy="17.3" r="1.3" fill="{c}"/>'
    ),
}


def event_icon(kind: EventKind, size: int, colour: Colour) -> pygame.Surface:
    """Return the icon of an event."""
    return drawing(EVENTS[kind].replace("{c}", paint(colour)), (size, size), (0, 0, 24, 24))


def button_icon(name: str, size: int, colour: Colour) -> pygame.Surface:
    """Return the icon of a button."""
    return drawing(BUTTONS[name].replace("{c}", paint(colour)), (size, size), (0, 0, 24, 24))
