"""Sections of pictures: two factors, and day by day."""

import numpy as np

from model.account.theatre_now import FAR_KM
from sweeps.analysis.fans import fan
from sweeps.report import curves
from sweeps.report.maps import heat_map
from sweeps.report.parts import Block, Figure, Section
from sweeps.report.reading import DEAD, SURVIVED, Sweep, series
from sweeps.report.style import short
from sweeps.report.words import title

FANS = (
    ("enclave.civilians", "Civilians in the enclave"),
    ("enclave.dead_hunger", "Civilians starved"),
    ("enclave.dead_fire", "Civilians killed by shelling and air"),
    ("enclave.ration", "Civilian ration, share of need"),
    ("enclave.garrison", "Garrison"),
    ("enclave.area_km2", "Ground of the enclave"),
    ("theatre.roads_km", "Roads of the lifeline's side"),
    ("theatre.army_sdf_km", "Between army and SDF"),
)
UNKNOWN = {"theatre.army_sdf_km": FAR_KM}  # that far, or farther, is said until the two have been looked at
MOST_FANS = 6


def maps(sweep: Sweep, heat: tuple[str, str] | None) -> Section | None:
    """Return heat maps: of the two factors asked for, or of the only two numbers that vary."""
    varied = [f for f in sweep.factors if sweep.numeric(f)]
    asked = tuple((sweep.manifest.get("analyse") or {}).get("heat") or ())
    heat = heat or (asked if len(asked) == 2 and set(asked) <= set(varied) else None)
    pair = heat or ((varied[0], varied[1]) if len(varied) == len(sweep.factors) == 2 else None)
    if pair is None:
        return None
    shown: list[Block] = []
    for name in dict.fromkeys((DEAD, SURVIVED, sweep.main)):
        if sweep.is_figure(name) and np.nanmin(sweep.outcome(name)) < np.nanmax(sweep.outcome(name)):
            across, up = ((factor, sweep.levels(factor)) for factor in pair)
            drawn = heat_map(across, up, sweep.outcome(name), title(name).capitalize(), yes_no=sweep.yes_no(name))
            line = " The line is where it is as likely as not." if sweep.yes_no(name) else ""
            shown.append(
                Figure(f"map-{name.replace('.', '-')}", drawn, f"{title(name).capitalize()}, ± half of the 95 % interval.{line}")
            )
    if not shown:
        return None
    return Section("Two factors", f"{short(pair[0])} across, {short(pair[1])} up.", shown)


def over_time(sweep: Sweep) -> Section | None:
    """Return fans of the daily measures."""
    from model.account.series import unit_of

    table = series(sweep, tuple(name for name, _ in FANS))
    if table is None or not len(table):
        return None
    table = table[table["run"].isin(sweep.runs["run"])]
    shown: list[Block] = []
    for name, text in FANS:
        if name not in table or len(shown) == MOST_FANS:
            continue
        values = table[name].to_numpy(dtype=np.float64, na_value=np.nan)
        values[values >= UNKNOWN.get(name, np.inf)] = np.nan
        if np.isfinite(values).any() and np.nanmin(values) < np.nanmax(values):
            found = fan(table["run"].to_numpy(), table["day"].to_numpy(), values)
            shown.append(
                Figure(
                    f"fan-{name.replace('.', '-')}", curves.fan_chart(found, text, unit_of(name)), f"{text}: median and bands."
                )
            )
    if not shown:
        return None
    lead = "Runs that have ended keep their last state, so the bands hold all runs; the broken line counts those still going."
    return Section("Day by day", lead, shown)
