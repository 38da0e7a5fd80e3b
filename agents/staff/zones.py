"""Drop zones laid out on the map: the cells of each, which of them are still ours, and what is believed round them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from model.arrays import Floats, Ints, Layer
from model.compiled import law
from model.rules.pallets import expected_share, sigma_km

if TYPE_CHECKING:
    from model.campaign import Campaign


@dataclass(frozen=True)
class Zones:
    """The drop zones of an enclave, an entry each; the cells of zone z are `inside[first[z] : first[z + 1]]`."""

    names: tuple[str, ...]
    cells: Ints  # of the centre, -1 outside the map
    first: Ints
    inside: Ints  # cells of the enclave's frame in the circle aimed at
    share: tuple[float, ...]  # of a load that comes down in that circle
    centres: Ints  # where enemies are looked for: round each zone, under the way to each, round the airport
    reach: Floats  # how far round each of them, in cells


def lay_out(campaign: "Campaign", massing_km: float, *, moved: bool) -> Zones:
    """Return the zones with the circle that is aimed at: `dz_r`, or `dz_r2` once a zone was given up, no more than the zone."""
    enclave, rules, theatre = campaign.siege, campaign.rules.drop, campaign.theatre
    opened, box = enclave.opening.drop_zones, enclave.box_cells
    cells = np.array([theatre.cell_at(*zone.at) for zone in opened.values()], dtype=np.int32)
    radius = [min(rules.dz_r2 if moved else rules.dz_r, zone.radius_km.value) for zone in opened.values()]
    rows, columns = np.divmod(box, theatre.width)
    inside = [
        box[np.hypot(rows - cell // theatre.width, columns - cell % theatre.width) * theatre.cell_km <= km]
        for cell, km in zip(cells.tolist(), radius, strict=True)
    ]
    first = np.cumsum([0, *(part.size for part in inside)]).astype(np.int32)
    sigma = sigma_km(campaign.rules, rules.alt)
    centres = np.array([*cells, *cells, campaign.airport_cell], dtype=np.int32)
    reach = np.array([rules.dz_fire_km] * cells.size + [rules.flak_km] * cells.size + [massing_km]) / theatre.cell_km
    share = tuple(expected_share(km, sigma) for km in radius)
    return Zones(tuple(opened), cells, first, np.concatenate([box[:0], *inside]), share, centres, reach)


@law
def still_ours(control: Layer, side: int, cells: Ints, first: Ints, inside: Ints) -> Floats:
    """Return the share of each zone that a side holds, -1 where its centre is lost."""
    share = np.full(cells.shape[0], -1.0)
    for z in range(cells.shape[0]):
        if cells[z] < 0 or control[cells[z]] != side:
            continue
        own = 0
        for k in range(first[z], first[z + 1]):
            if control[inside[k]] == side:
                own += 1
        share[z] = own / max(1, first[z + 1] - first[z])
    return share


@law
def believed_round(cells: Ints, men: Floats, centres: Ints, reach: Floats, width: int) -> tuple[Ints, Floats]:
    """Count the contacts within `reach` cells of each centre, and the men believed there."""
    many, strength = np.zeros(centres.shape[0], dtype=np.int32), np.zeros(centres.shape[0])
    for c in range(centres.shape[0]):
        row, column = centres[c] // width, centres[c] % width
        for k in range(cells.shape[0]):
            dr = float(cells[k] // width - row)
            dc = float(cells[k] % width - column)
            if dr * dr + dc * dc <= reach[c] * reach[c]:
                many[c] += 1
                strength[c] += men[k]
    return many, strength
