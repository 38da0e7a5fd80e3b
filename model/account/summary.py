"""The summary of a run in plain words: civilians first, then who held, what fell and when, the losses, the air, the dates."""

from collections.abc import Iterator
from datetime import date

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from model.account.outcome import HandOver, Outcome, Siege
from model.ledger import Side

SIDES = {
    "nobody": "nobody",
    "government": "the government",
    "islamic_state": "the Islamic State",
    "sdf": "the SDF",
    "peshmerga": "the Peshmerga",
}
MILESTONES = {
    "relief": "the relief column reached the enclave",
    "contact": "the army and the SDF came within 10 km of each other",
    "junction": "the road from outside to the enclave was open for a whole day",
    "sdf_in_city": "the SDF stood in the city",
    "airport_lost": "the enclave's airport was lost",
    "city_lost": "the middle of the enclave's largest quarter was lost",
    "enclave_split": "the enclave was cut in two",
    "encirclement": "the Islamic State had no road left from Raqqa to the Iraqi border, and had none for a week",
    "fall": "the enclave fell",
}
CAUSES = {
    "hunger": "its soldiers had starved",
    "airport": "it did not outlive the loss of its airport",
    "split": "it had been cut in two",
    "storm": "it was stormed",
    "collapse": "its men gave up or ran",
}
_SHOWN = 24  # places named before the rest are only counted
_ENDINGS = {
    "end date": "It was played to its last day.",
    "fall of the enclave": "It ended with the fall of the enclave.",
    "ended early": "It ended before its last day.",
    "turn limit": "It was stopped at the turn that was asked for.",
    "interrupted": "It was interrupted; the figures are those of the last turn played.",
}


def summary(outcome: Outcome) -> RenderableType:
    """Return what a reader wants to know of a run, for rich's console."""
    return Group(*_parts(outcome))


def _parts(outcome: Outcome) -> Iterator[RenderableType]:
    yield Text(f"{outcome.title} (seed {outcome.seed})", style="bold")
    days = f"{outcome.days:,.0f} days" if outcome.days >= 1 else f"{outcome.turns} turns"
    yield Text(f"{day(outcome.start)} to {day(outcome.last)}, {days}. {_ENDINGS[outcome.ended_by]}")
    if outcome.siege is not None:
        yield _section("Civilians", *civilians(outcome.siege))
        yield _section("The enclave", *enclave(outcome.siege, outcome.first_to_city))
    yield _section("Ground", *ground(outcome), *hand_overs(outcome.hand_overs))
    yield Text("\nLosses by force", style="bold")
    yield losses(outcome)
    if outcome.siege is not None and outcome.siege.supply.dropped_t > 0:
        yield _section("Supply from the air", supply(outcome.siege))
    if outcome.lines:
        yield _section("Lines of communication", *roads(outcome))
    if outcome.measures.get("other_front_calls"):
        yield _section("Other fronts", other_fronts(outcome.measures))
    yield _section("Milestones", *milestones(outcome.milestones))


def _section(title: str, *lines: str) -> Text:
    return Text.assemble((f"\n{title}\n", "bold"), "\n".join(lines))


def day(when: date) -> str:
    """Return a date as a reader writes it."""
    return f"{when.day} {when:%B %Y}"


def civilians(siege: Siege) -> tuple[str, ...]:
    """Return the lines on the people of the enclave."""
    people = siege.civilians
    dead = f"{people.dead:,} died: {people.dead_hunger:,} of hunger, {people.dead_fire:,} by shelling and air strikes, "
    hungry = f"{people.hungry_days:,} days on less than half of what people need; "
    return (
        f"{people.at_start:,} people lived in the enclave on the first day, {people.alive:,} on the last.",
        dead + f"{people.dead_massacre:,} in massacres.",
        f"{people.abducted:,} were abducted ({people.freed:,} set free), {people.left:,} got out, "
        f"{people.behind:,} live behind the lines.",
        hungry + f"on the worst day {people.lowest_ration:.0%}.",
    )


def enclave(siege: Siege, first_to_city: str | None) -> tuple[str, ...]:
    """Return the lines on how the enclave fared."""
    held = (
        f"It still stood after {siege.survival_days:,.0f} days"
        if siege.censored
        else f"It fell after {siege.survival_days:,.0f} days"
    )
    if siege.cause_of_fall is not None:
        held += f" ({CAUSES.get(siege.cause_of_fall, siege.cause_of_fall)})"
    first = "Nobody from outside reached the city." if first_to_city is None else f"First in the city: {SIDES[first_to_city]}."
    area = f"{siege.area_km2:,.0f} km² of {siege.area_at_start_km2:,.0f} km²"
    flows = ", ".join(f"{name.replace('_', ' ')} {men:+,}" for name, men in siege.manpower.items() if men)
    ledger = (f"The garrison had {siege.garrison_at_start:,} men on the first day: {flows}.",) if flows else ()
    return f"{held}, with {siege.garrison:,} men on {area}.", *ledger, first


def ground(outcome: Outcome) -> tuple[str, ...]:
    """Return a line for every side that has or had ground."""
    return tuple(
        f"{SIDES[side][:1].upper() + SIDES[side][1:]}: {area:,.0f} km² ({area - outcome.area_at_start_km2[side]:+,.0f})"
        for side, area in outcome.area_km2.items()
        if area or outcome.area_at_start_km2[side]
    )


def hand_overs(changes: tuple[HandOver, ...]) -> tuple[str, ...]:
    """Return a line for every place that ended in other hands than it began, and a count of those that came back."""
    first = {change.place: change for change in reversed(changes)}
    last = {change.place: change for change in changes}
    for_good = [change for place, change in last.items() if change.taken_by != first[place].lost_by]
    for_good.sort(key=lambda change: (change.date, change.name))
    lines = [f"{day(change.date)}: {change.name} to {SIDES[change.taken_by]}" for change in for_good[:_SHOWN]]
    if len(for_good) > _SHOWN:
        lines.append(f"and {len(for_good) - _SHOWN} other places.")
    if back := len(last) - len(for_good):
        lines.append(f"{back} {'place' if back == 1 else 'places'} changed hands and came back.")
    return tuple(lines)


def losses(outcome: Outcome) -> Table:
    """Return the table of men and losses by force."""
    table = Table(box=None, pad_edge=False, header_style="")
    table.add_column("")
    for title in ("first day", "last day", "killed", "wounded", "captured", "deserted", "joined", "withdrawn", "tanks left"):
        table.add_column(title, justify="right")
    for force in sorted(outcome.forces, key=lambda force: Side(force.side)):
        men = (
            force.men_at_start,
            force.men,
            force.killed,
            force.wounded,
            force.captured,
            force.deserted,
            force.joined,
            force.left,
        )
        tanks = f"{force.tanks:,} of {force.tanks_at_start:,}"
        table.add_row(Text(force.name), *("–" if figure is None else f"{figure:,}" for figure in men), tanks)
    return table


def supply(siege: Siege) -> str:
    """Return the sentence on what was dropped and where it went."""
    air = siege.supply
    parts = [
        f"{air.recovered_t:,.0f} t recovered ({air.recovered_t / air.dropped_t:.0%})",
        f"{air.enemy_t:,.0f} t fell to the enemy",
    ]
    if air.no_mans_t is not None:
        parts.append(f"{air.no_mans_t:,.0f} t lay between the lines")
    if air.lost_t is not None:
        parts.append(f"{air.lost_t:,.0f} t was lost")
    return f"{air.dropped_t:,.0f} t dropped: {', '.join(parts)}."


def roads(outcome: Outcome) -> tuple[str, ...]:
    """Return a line for every road that was ever cut, and a count of the others; then the raided roads."""
    lines = [
        f"{line.title[:1].upper()}{line.title[1:]}: cut on {line.days_cut:,} days, first on {day(line.first_cut)}"
        + (", open at the end" if line.state != "cut" else "")
        for line in outcome.lines
        if line.first_cut is not None
    ]
    if whole := len(outcome.lines) - len(lines):
        lines.append(f"{whole} other {'line was' if whole == 1 else 'lines were'} never cut.")
    for road in outcome.corridors:
        name = road.id.replace("_", " ").capitalize()
        shut = f"longest closure {road.longest_closure_days} days"
        lines.append(f"{name}: {road.raids:,} raids, open on {road.days_open:,} of {road.days:,} days, {shut}")
    return tuple(lines)


def other_fronts(measures: dict[str, float]) -> str:
    """Return the sentence on what the fronts beyond the map asked for and what refusing them cost."""
    refused = f"{measures.get('other_front_refused_men', 0):,.0f} men were refused to them"
    dead = f"about {measures.get('other_front_deaths', 0):,.0f} civilians died there for it or for the cut road"
    return f"They called {measures['other_front_calls']:,.0f} times; {refused}, {dead}."


def milestones(dates: dict[str, date]) -> tuple[str, ...]:
    """Return a line for every milestone, in order of date."""
    if not dates:
        return ("None was reached.",)
    in_order = sorted(dates.items(), key=lambda milestone: (milestone[1], milestone[0]))
    return tuple(f"{day(when)}: {MILESTONES.get(name, name.replace('_', ' '))}" for name, when in in_order)
