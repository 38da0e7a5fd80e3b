"""Watching a campaign from outside: every law's calls counted, every turn's books kept."""

import ast
import inspect
import pkgutil
import sys
from collections import Counter
from importlib import import_module
from types import ModuleType

import numpy as np

from agents.muster import open_campaign
from model import rules as laws
from model.campaign import Campaign
from model.events import EventKind
from model.rules import movement

MODULES = tuple(import_module(f"{laws.__name__}.{found.name}") for found in pkgutil.iter_modules(laws.__path__))
"""Every module of laws there is."""
LOSSES = ("killed", "wounded", "captured", "deserted", "left")
GAINS = ("joined", "returned")


def name_of(module: ModuleType) -> str:
    """Return the last part of a module's name."""
    return module.__name__.removeprefix(f"{laws.__name__}.")


def laws_of(module: ModuleType):
    """Return the functions of a module of laws by name, compiled ones too."""
    for name, found in vars(module).items():
        plain = getattr(found, "py_func", found)
        if inspect.isfunction(plain) and plain.__module__ == module.__name__:
            yield name, found


def called_inside() -> frozenset[str]:
    """Return the laws that compiled laws call: no count can be taken of them, and no kernel may be compiled against a counter."""
    found = set()
    for module in MODULES:
        for node in ast.parse(inspect.getsource(module)).body:
            if isinstance(node, ast.FunctionDef) and any(isinstance(d, ast.Name) and d.id == "law" for d in node.decorator_list):
                found |= {
                    call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
                }
    return frozenset(f"{name_of(module)}.{name}" for module in MODULES for name, _ in laws_of(module) if name in found)


class Counting:
    """While it lasts, calls of every function of the laws (from Python) are counted by `module.function`."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self._kept: list[tuple[ModuleType, str, object]] = []

    def __enter__(self) -> "Counting":
        counters, inside = {}, called_inside()
        for module in MODULES:
            for name, law in laws_of(module):
                full = f"{name_of(module)}.{name}"
                if full not in inside:
                    counters[id(law)] = self._counted(full, law)
        commanders = [module for name, module in sorted(sys.modules.items()) if name.startswith("agents.")]
        for module in (*MODULES, *commanders):  # also where a law is imported by another
            for name, law in list(vars(module).items()):
                if id(law) in counters:
                    self._kept.append((module, name, law))
                    setattr(module, name, counters[id(law)])
        return self

    def __exit__(self, *_: object) -> None:
        for module, name, law in self._kept:
            setattr(module, name, law)

    def _counted(self, name, law):
        def call(*arguments, **named):
            self.calls[name] += 1
            return law(*arguments, **named)

        return call


def books(campaign: Campaign, start) -> np.ndarray:
    """Return, for every row, the men who are in the books too many (0 everywhere if they balance)."""
    units = campaign.units

    def total(names):
        return sum(units[name].astype(np.int64) for name in names)

    return start + total(GAINS) - total(("men", *LOSSES))


class Watched:
    """A campaign played for some turns, and what was seen of it."""

    def __init__(self, scenario: str, seed: int, turns: int, settings: tuple[str, ...] = ()) -> None:
        self.counting = Counting()
        with self.counting:
            self.campaign = open_campaign(scenario, settings, seed)
        self.garrison = self.campaign.enclave.garrison
        self.ledger_out: list[int] = []  # men by which the garrison's ledger is off, each morning
        self.start = self.campaign.units["men"].astype(np.int64)
        self.events: Counter[EventKind] = Counter()
        self.told: Counter[tuple[EventKind, str]] = Counter()  # sums of the events' figures
        self.breaks: Counter[int] = Counter()
        self.men_out: list[int] = []  # rows whose books did not balance, by turn
        self.ghosts: list[int] = []  # living rows without men, and dead ones with men
        self.food_out: list[float] = []  # tonnes by which the day's food did not balance
        self.jumps: list[tuple[int, int, int]] = []  # (turn, row, cell) of units that moved but by marching
        self.crossed: list[tuple[int, int, tuple[int, int]]] = []  # (turn, row, cells) of every change of bank
        self.swam: list[tuple[int, int, int]] = []  # those not over an intact crossing, by ferry or in boats
        self.ferried = 0  # units that went by ferry or in boats
        self.cells: set[int] = set()  # totals of the control layer
        self.untraced = self.dug = self.moved = self.surprised = 0
        self._march = movement.march_all
        with self.counting:
            movement.march_all = self._marched
            for _ in range(turns):
                self._turn()

    def _turn(self) -> None:
        campaign, first = self.campaign, self.campaign.rows
        enclave, fort, cells = campaign.enclave, campaign.units["fort"].copy(), campaign.units["cell"].copy()
        before, morning = (enclave.food, enclave.grain, enclave.food_by_road), campaign.morning
        self._stood = cells
        campaign.step()
        units = campaign.units
        self.start = np.concatenate([self.start, np.zeros(campaign.rows - first, dtype=np.int64)])
        self._look_for_ferries(cells)
        self.events.update(event.kind for event in campaign.events)
        for event in campaign.events:
            for name, number in event.numbers.items():
                self.told[event.kind, name] += number
        self.breaks.update(campaign.broke[campaign.broke > 0].tolist())
        self.men_out.append(int(np.count_nonzero(books(campaign, self.start))))
        used, alive = units["used"] == 1, units["alive"] == 1
        self.ghosts.append(int(np.count_nonzero(used & (alive != (units["men"] > 0)))))
        if morning:
            self.ledger_out.append(int(enclave.manpower.flows.sum()) - (enclave.garrison - self.garrison))
            self.food_out.append(
                enclave.food - before[0] - self._food_in(before[1]) - (enclave.food_by_road - before[2]) + enclave.issued
            )
        self.cells.add(int(np.bincount(campaign.layers.control).sum()))
        self.untraced += int((alive & (units["traced"] == 0)).sum())
        self.dug += int((units["fort"][:first] > fort).sum())
        self.moved += int((units["cell"][:first] != cells).sum())
        self.surprised += int((campaign.surprise > 1.05).sum())

    def _food_in(self, grain: float) -> float:
        """Return the tonnes that came in today: by air, from the fields, out of the grain reserve."""
        campaign, enclave, civil = self.campaign, self.campaign.enclave, self.campaign.rules.civil
        split = civil.local_split if enclave.components > 1 else 1.0
        local = campaign.situation.enclave.local_food.value * split * civil.other_food_x
        return enclave.inflow[-1] + local + grain - enclave.grain

    def _marched(self, *arguments) -> None:
        """March, and follow every unit that changed banks step by step on the way its field told it."""
        self.counting.calls["movement.march_all"] += 1
        campaign, units = self.campaign, self.campaign.units
        used = units["used"] == 1
        before, fields = units["cell"].copy(), units["field"].copy()
        first = self._stood.size
        jumped = np.flatnonzero(used[:first] & (before[:first] != self._stood) & (self._stood > 0))
        self.jumps += [(campaign.turn, int(row), int(before[row])) for row in jumped]
        self._march(*arguments)
        bank = campaign.theatre.bank
        for row in np.flatnonzero((before != units["cell"]) & used):
            cell = int(before[row])
            while cell != units["cell"][row]:
                there = cell + int(campaign.theatre.offsets[campaign.fields.way[fields[row], cell]])
                if bank[cell] != bank[there]:
                    self._note_crossing(int(row), cell, there)
                cell = there

    def _look_for_ferries(self, stood: np.ndarray) -> None:
        """Note who stands on another bank than at the turn's start and neither marched over nor is told to have been ferried."""
        campaign, units = self.campaign, self.campaign.units
        changed = np.flatnonzero(
            (campaign.theatre.bank[stood] != campaign.theatre.bank[units["cell"][: stood.size]]) & (stood > 0)
        )
        marched = {row for turn, row, _ in self.crossed if turn == campaign.turn - 1}
        landings = {event.cell for event in campaign.events if event.kind == EventKind.CROSSING}
        for row in changed.tolist():
            if row not in marched and int(units["cell"][row]) not in landings:
                self.swam.append((campaign.turn - 1, row, int(units["cell"][row])))
            elif row not in marched:
                self.ferried += 1

    def _note_crossing(self, row: int, cell: int, there: int) -> None:
        campaign = self.campaign
        self.crossed.append((campaign.turn, row, (cell, there)))
        bridges = zip(campaign.theatre.crossings, campaign.intact, strict=True)
        landings = [{bridge.right_cell, bridge.left_cell} for bridge, stands in bridges if stands]
        if {cell, there} not in landings:
            self.swam.append((campaign.turn, row, cell))
