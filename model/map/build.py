"""Building the theatre: survey in degrees -> banks -> steps -> roads -> the frozen layers that the laws read."""

from hashlib import sha256
from pathlib import Path

from model.map import layers
from model.map.banks import labels, override, steps
from model.map.crossings import crossings_of, landing_cells
from model.map.nearest import nearest_point
from model.map.network import cells_under, network, node_banks, own_ground, pieces_of
from model.map.places import areas_of, lines_of, place_of_cell, places_of
from model.map.projection import grid_of
from model.map.reading import MapError, bytes_of
from model.map.relief import heights
from model.map.roads import layer
from model.map.strays import mended
from model.map.survey import Survey, control_file, fronts_of, map_file, read, sources
from model.map.terrain import GOING, GROUND, Terrain
from model.map.theatre import Theatre
from model.scenario import MapChoice

_KEPT: dict[str, Theatre] = {}
MOST_CELLS = 1_000_000
KEEP = 8  # theatres held in memory


def theatre(choice: MapChoice, root: Path) -> Theatre:
    """Return the theatre of a choice of map; `root` is the folder of the maps.

    Built once per choice and content of the files; MapError if the files or the choice are at fault.
    """
    file = map_file(root, choice.name)
    origin = fingerprint(choice, file)
    if origin not in _KEPT:
        while len(_KEPT) >= KEEP:
            del _KEPT[next(iter(_KEPT))]
        _KEPT[origin] = build(fronts_of(read(file), choice.control), choice, origin)
    return _KEPT[origin]


def fingerprint(choice: MapChoice, file: Path) -> str:
    """Return the hash of all that a theatre is made from."""
    digest = sha256(choice.model_dump_json().encode())
    fronts = control_file(file, choice.control) if choice.control else None
    for source in [*sources(file), *([fronts] if fronts and fronts.is_file() else [])]:
        digest.update(source.name.encode() + bytes_of(source))
    return digest.hexdigest()


def build(survey: Survey, choice: MapChoice, origin: str = "") -> Theatre:
    """Lay a grid over a survey and fill every layer."""
    layers.check(survey, choice)
    grid = grid_of(survey.plane, choice.cell_km, choice.box)
    if grid.cells > MOST_CELLS:
        raise MapError(survey.file, f"{grid.nx} x {grid.ny} cells are more than can be played ({MOST_CELLS:,})")
    terrain = layers.terrain(survey, grid)
    passable = grid.padded(layers.everywhere(grid)) & (terrain != Terrain.LAKE)
    bank, seats = override(labels(survey, grid), grid, survey.places, passable)
    bank = mended(bank, passable, grid, seats)
    own = own_ground(bank, passable)
    landing = landing_cells(survey, grid, bank, passable)
    pieces = pieces_of(survey, grid.plane)
    cells = cells_under(survey, pieces, grid, own, landing)
    graph = network(survey, pieces, cells, grid, own, landing)
    places = places_of(survey, grid, seats)
    return layers.sealed(
        Theatre(
            name=survey.map.name,
            digest=origin,
            cell_km=choice.cell_km,
            nx=grid.nx,
            ny=grid.ny,
            width=grid.width,
            west=grid.plane.west,
            south=grid.plane.south,
            east=grid.plane.east,
            north=grid.plane.north,
            km_per_degree=grid.plane.km_per_degree,
            inside=layers.inside(grid),
            terrain=terrain,
            going=layers.going(survey, grid, GOING[terrain]),
            ground=GROUND[terrain],
            road=layer(pieces, cells, grid),
            height=heights(survey, grid),
            bank=bank,
            steps=steps(bank, passable, grid),
            control=layers.control(survey, grid, choice.contested, seats),
            node_of_cell=nearest_point(grid, graph.node_xy_km, node_banks(graph, pieces), bank),
            place_of_cell=place_of_cell(grid, places),
            places=places,
            crossings=crossings_of(survey, landing, graph),
            lines=lines_of(survey, grid.plane),
            areas=areas_of(survey, grid.plane),
            heights_km=layers.spots(survey, grid.plane),
            graph=graph,
        )
    )
