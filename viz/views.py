"""Views: the parts of the theatre one looks at most."""

import numpy as np

from model.map.theatre import Theatre
from viz.camera import Camera

QUARTERS = ("district", "airfield", "military", "village_area")
MARGIN_KM = 3.0


def look_at_city(camera: Camera, theatre: Theatre) -> None:
    """Show the city with its districts, airfield and bases; the whole theatre where the map has none."""
    rings = [polygon[0] for area in theatre.areas if area.kind in QUARTERS for polygon in area.polygons_km]
    if not rings:
        camera.fit()
        return
    points = np.concatenate(rings)
    (west, south), (east, north) = points.min(axis=0) - MARGIN_KM, points.max(axis=0) + MARGIN_KM
    camera.frame_box(float(west), float(south), float(east), float(north))


def look(camera: Camera, theatre: Theatre, view: str) -> None:
    """Show a view by name: theatre or city."""
    if view == "city":
        look_at_city(camera, theatre)
    else:
        camera.fit()
