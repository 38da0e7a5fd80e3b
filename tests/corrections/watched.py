"""A campaign watched for its statistics: what each run yields, one number a quantity (None where it did not happen)."""

from collections.abc import Sequence

import numpy as np

from agents.muster import open_campaign
from model.events import EventKind
from model.ledger import HOSTILE, Kind, Side
from tests.corrections.attacks import Attacks

GOVERNMENT, ISLAMIC_STATE = int(Side.GOVERNMENT), int(Side.ISLAMIC_STATE)
SCENARIO = "deir_ez_zor_2016"
JANUARY = 249  # 15 January 2017, in days after 11 May 2016
DECEMBER, SEPTEMBER = 204, 478  # 1 December 2016, 1 September 2017
SIEGE = 482  # 5 September 2017, the day of the historical relief
WILL_DAY = 400
AUGUST = 477  # 31 August 2017
LOST_DAYS = 3  # a place held by the enemy for as long is lost
AID = "wfp"
Numbers = dict[str, float | None]


class Watch:
    """Plays a campaign and takes down its figures day by day."""

    def __init__(self, seed: int, overrides: Sequence[str] = (), days: int | None = None) -> None:
        self.campaign = open_campaign(SCENARIO, tuple(overrides), seed)
        self.days = self.campaign.turns_planned // self.campaign.turns_per_day if days is None else days
        self.attacks = Attacks(self.campaign)
        self.garrison: list[int] = []
        self.cells: list[int] = []
        self.enemy: list[int] = []  # men of the Islamic State in the frame
        self.raiders: list[int] = []
        self.east_homs: list[int] = []
        self.dead_by_air: list[int] = []
        self.harassed: list[int] = []
        self.rations: list[tuple[float, float]] = []  # civilians, soldiers
        self.food_days: list[float] = []
        self.aid: list[int] = []  # days of aid flights
        self.passed: list[float] = []  # men of parties that slipped through
        self.tried = 0
        self.will: float | None = None
        self.held: dict[str, list[bool]] = {"palmyra": [], "airport": []}
        self._aid_names = {lift.name for name, lift in self.campaign.siege.opening.airlifts.items() if name.startswith(AID)}
        self._palmyra = self.campaign.cell_of_place("palmyra")
        while not self.campaign.over and self.campaign.day < self.days:
            if self.campaign.morning:
                self._note_day()
            self.campaign.step()
            self.attacks.look()
            self._note_events()
        self._note_day()

    def _note_day(self) -> None:
        campaign, enclave, units = self.campaign, self.campaign.siege, self.campaign.units
        mine = (units["side"] == ISLAMIC_STATE) & (units["alive"] == 1)
        self.garrison.append(enclave.garrison)
        self.cells.append(enclave.cells)
        self.enemy.append(int(units["men"][mine].sum()))
        self.raiders.append(int(units["men"][mine & (units["kind"] == Kind.RAIDER)].sum()))
        home = campaign.sector_index.get(("islamic_state", "e_homs"), -1)
        self.east_homs.append(int(units["men"][mine & (units["sector"] == home)].sum()))
        self.dead_by_air.append(sum(wing.killed for wing in campaign.wings))
        self.harassed.append(-enclave.manpower.now()["harassment"])
        self.rations.append((enclave.ration, enclave.soldier_ration))
        self.food_days.append(enclave.food / max(1e-9, enclave.issued) if enclave.issued else np.nan)
        for name, cell in (("palmyra", self._palmyra), ("airport", campaign.airport_cell)):
            self.held[name].append(not HOSTILE[GOVERNMENT, campaign.layers.control[cell]])
        if campaign.day == WILL_DAY:
            sdf = next(one for one in campaign.commanders if one.name == "sdf")
            self.will = float(sdf.memory["will"])  # type: ignore[attr-defined]

    def _note_events(self) -> None:
        for event in self.campaign.events:
            if event.kind == EventKind.AIRDROP and "dropped" in event.numbers and event.text.split(":")[0] in self._aid_names:
                self.aid.append(self.campaign.day)
            if event.kind == EventKind.RAID and "g" in event.numbers:
                self.tried += 1
                if "slips through" in event.text:
                    self.passed.append(event.numbers["men"])

    def at(self, series: Sequence[float], day: int) -> float | None:
        """Return a daily figure, None if the run ended before."""
        return float(series[day]) if day < len(series) else None

    def lost(self, name: str) -> int | None:
        """Return the day since which a place was the enemy's when it had been so for three days."""
        held, run = self.held[name], 0
        for day, own in enumerate(held):
            run = 0 if own else run + 1
            if run == LOST_DAYS:
                return day - LOST_DAYS + 1
        return None

    def reached(self, name: str) -> int | None:
        """Return the day of a milestone."""
        when = self.campaign.milestones.get(name)
        return None if when is None else (when - self.campaign.situation.start).days

    def besieged_days(self) -> int:
        """Return the days before the relief and before the day of the historical one."""
        relief = self.reached("relief")
        return min(SIEGE, len(self.garrison) - 1, SIEGE if relief is None else max(1, relief))

    def for_good(self) -> float:
        """Return men lost for good to one dead by air: himself, and those of the wounded who never come back."""
        rules = self.campaign.rules
        return float(1.0 + rules.air.air_wound * (1.0 - rules.combat.rtd_frac))

    def numbers(self) -> Numbers:
        """Return every figure of the run."""
        campaign, until = self.campaign, self.besieged_days()
        column = next(one for one in campaign.commanders if one.name == "relief_column")
        phases = column.memory["phase"].days  # type: ignore[attr-defined]
        civilian, soldier = np.array(self.rations[1 : until + 1]).T
        road = campaign.corridors["palmyra_road"]
        dead = self.attacks.dead_until(SIEGE)
        return {
            "attacks, 20 and more army dead": float(sum(d >= 20 for d in dead)),
            "attacks, 100 and more army dead": float(sum(d >= 100 for d in dead)),
            "attacks in all": float(len(dead)),
            "enclave area, change": 100.0 * (self.cells[until] / self.cells[0] - 1.0),
            "garrison, 15 January 2017": self.at(self.garrison, JANUARY),
            "garrison, two weeks before relief": float(self.garrison[max(0, until - 14)]),
            "harassment, casualties a day": self.harassed[until] / until,
            "IS lost for good to air": (self.at(self.dead_by_air, AUGUST) or self.dead_by_air[-1]) * self.for_good(),
            "IS in the frame, December 2016": self.at(self.enemy, DECEMBER),
            "IS in the frame, September 2017": self.at(self.enemy, SEPTEMBER),
            "IS in eastern Homs, day 400": self.at(self.east_homs, WILL_DAY),
            "raiders, day 400": self.at(self.raiders, WILL_DAY),
            "infiltrations tried": float(self.tried),
            "infiltrations": float(len(self.passed)),
            "WFP flights by 15 January 2017": float(sum(day <= JANUARY for day in self.aid)),
            "WFP flights in all": float(len(self.aid)),
            "civilian ration": float(civilian.mean() * campaign.rules.civil.need0),
            "days the garrison ate less than civilians": float((soldier < civilian - 1e-9).sum()),
            "starved": float(campaign.siege.dead_hunger),
            "food stock, median": float(np.nanmedian(self.food_days[1 : until + 1])),
            "days in clear": float(phases["clear"]),
            "days in wait": float(phases["wait"]),
            "days in advance": float(phases["advance"]),
            "Palmyra lost": self.lost("palmyra"),
            "airport lost": self.lost("airport"),
            "relief": self.reached("relief"),
            "encirclement": self.reached("encirclement"),
            "fall": self.reached("fall"),
            "road from T4, open": 100.0 * road.days_open / max(1, road.days),
            "SDF will, day 400": self.will,
        }
