"""Small wars built in code: a few formations on a drawn map, the shipped rulebook, nothing else."""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

from agents.muster import muster
from model.campaign import Campaign
from model.configuration.loading import CONFIGS
from model.ledger import Order
from model.map.build import theatre
from model.quantities import Parameter, Quantity
from model.scenario import Enclave, Force, Formation, MapChoice, Scenario

BASIS = "made up for the trial"
START = dt.date(2016, 5, 11)
QUALITY = {"government": "rg", "islamic_state": "is_assault", "sdf": "sdf", "peshmerga": "peshmerga"}
COMMAND = {"government": "republican_guard", "islamic_state": "islamic_state", "sdf": "sdf", "peshmerga": "none"}


@cache
def rulebook() -> dict[str, dict[str, Parameter]]:
    """Return the shipped rulebook, read as plain files."""
    rules: dict[str, dict[str, Parameter]] = {}
    for file in sorted(Path(CONFIGS / "rules").glob("*.yaml")):
        read = yaml.safe_load(file.read_text(encoding="utf-8"))
        for group, parameters in (read.get("rules") or {}).items():
            book = rules.setdefault(group, {})
            book |= {name: Parameter.model_validate(_tupled(entry)) for name, entry in parameters.items()}
    return rules


def _tupled(entry):
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def changed(rules, **settings):
    """Return rules with values replaced, whatever their range: `combat__attr_W=1.0`."""
    out = {group: dict(parameters) for group, parameters in rules.items()}
    for path, value in settings.items():
        group, name = path.split("__", 1)
        out[group][name] = out[group][name].model_copy(update={"value": value, "range": None})
    return out


def ground(name="open_field", cell_km=1.0):
    """Return a drawn map."""
    return theatre(MapChoice(name=name, cell_km=cell_km), CONFIGS / "map")


def formation(cell, men=100, units=1, *, on="open_field", cell_km=1.0, **rest):
    """Return a formation whose units stand in a cell (column, row from the south-west corner)."""
    field = ground(on, cell_km)
    x, y = (cell[0] + 0.5) * cell_km, (cell[1] + 0.5) * cell_km
    lat, lon = field.south + y / field.km_per_degree[1], field.west + x / field.km_per_degree[0]
    return Formation(name="trial", at=(lat, lon), men=men, units=units, sector="field", basis=BASIS, **rest)


def scenario(forces, *, on="open_field", cell_km=1.0, days=30, supply=None, turn_h=6, enclave=None, inputs=None, **settings):
    """Return a scenario; `forces` maps a side to its formations, `settings` are rules as in `changed`."""
    return Scenario(
        name="trial", title="trial", purpose="trial", start=START, end=START + dt.timedelta(days=days), turn_h=turn_h,
        map=MapChoice(name=on, cell_km=cell_km), supply_sources=supply or {}, rules=changed(rulebook(), **settings),
        enclave=enclave, inputs=inputs or {},
        forces={
            side: Force(name=side, side=side, quality=QUALITY[side], command=COMMAND[side],
                        order_of_battle={f"f{k}": one for k, one in enumerate(formations)})
            for side, formations in forces.items()
        },
    )  # fmt: skip


def war(forces, seed=1, **rest) -> Campaign:
    """Return a campaign without a doctrine: nobody moves but by order of the test."""
    return muster(scenario(forces, **rest), seed)


def cell(campaign, column, row):
    """Return the padded cell of a column and a row counted from the south-west corner."""
    return (row + 1) * campaign.theatre.width + column + 1


def attack(campaign, row, column, line):
    """Order a unit to attack towards a cell."""
    campaign.send(row, cell(campaign, column, line), Order.ATTACK)


def march(campaign, row, column, line):
    """Order a unit to march to a cell."""
    campaign.send(row, cell(campaign, column, line), Order.MARCH)


def quantity(value, unit):
    """Return a number of a scenario."""
    return Quantity(value=float(value), unit=unit, basis=BASIS)


def airlift(**changes):
    """Return a daily flight of 26 pallets."""
    usual = {
        "name": "flight", "carrier": "trial", "per_week": quantity(7, "1/week"), "chance": quantity(1, "share"),
        "tonnes": quantity(18.2, "t"), "pallets": 26, "height_m": 5000, "food_share": quantity(1, "share"), "basis": BASIS,
    }  # fmt: skip
    return usual | changes


def enclave(people=10_000, food=200, grain=500, **changes):
    """Return an enclave around the open field's west camp, fed by one flight a day."""
    field = ground()
    usual = {
        "box": (field.west, field.south, field.east, field.north), "airport": "west_camp", "local_food": quantity(1, "t/day"),
        "quarters": {"camp": {"place": "west_camp", "people": people}}, "population": quantity(people, "people"),
        "food": quantity(food, "t"), "grain": quantity(grain, "t"), "ammunition": quantity(50, "t"),
        "nutrition": quantity(0.9, "share"), "airlifts": {"flight": airlift()},
        "drop_zones": {"camp": {"at": (35.1394, 40.0933), "radius_km": quantity(2, "km"), "basis": BASIS}},
    }  # fmt: skip
    return Enclave.model_validate(usual | changes)
