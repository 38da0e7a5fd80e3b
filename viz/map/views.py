"""Views: the parts of the theatre one looks at most."""

from collections.abc import Sequence

import numpy as np

from model.ledger import Side
from model.map.theatre import Theatre
from viz.camera import Camera
from viz.layers import Layers

QUARTERS = ("district", "airfield", "military", "village_area")
MARGIN_KM = 5.5
FOGS = {"fog-government": Side.GOVERNMENT, "fog-is": Side.ISLAMIC_STATE, "fog-sdf": Side.SDF}


def look_at_city(camera: Camera, theatre: Theatre) -> None:
    """Show the city with its districts, airfield and bases; the whole theatre where the map has none."""
    rings = [polygon[0] for area in theatre.areas if area.kind in QUARTERS for polygon in area.polygons_km]
    if not rings:
        camera.fit()
        return
    points = np.concatenate(rings)
    (west, south), (east, north) = points.min(axis=0) - MARGIN_KM, points.max(axis=0) + MARGIN_KM
    camera.frame_box(float(west), float(south), float(east), float(north))


def layers_of(names: Sequence[str]) -> Layers:
    """Return the layers of a picture that shows more of the map: roads, heat, or what a side knows of."""
    seen = next((FOGS[name] for name in names if name in FOGS), Side.NOBODY)
    return Layers(roads="roads" in names, heat="heat" in names, fog=seen != Side.NOBODY, viewpoint=seen)


def look(camera: Camera, theatre: Theatre, view: str) -> None:
    """Show a view by name: theatre or city."""
    if view == "city":
        look_at_city(camera, theatre)
    else:
        camera.fit()
