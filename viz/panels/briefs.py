"""Briefs: an event in the few words that one line of the log has room for. The whole sentence stands beside it. No pygame."""

from collections.abc import Callable

from model.events import Event, EventKind
from model.ledger import Side
from model.map.theatre import Theatre

K = EventKind
WHO = {Side.GOVERNMENT: "Army", Side.ISLAMIC_STATE: "IS", Side.SDF: "SDF", Side.PESHMERGA: "Peshmerga"}
SHORT = (
    ("The Islamic State", "IS"),
    ("the Islamic State", "IS"),
    ("Islamic State", "IS"),
    ("Syrian Democratic Forces", "SDF"),
    ("National Defence Forces", "NDF"),
    ("The government", "Army"),
    ("the government", "the army"),
)
"""Long names and what they are called where there is little room."""
Numbers = dict[str, float]


def place_of(event: Event, theatre: Theatre) -> str:
    """Return the name of the place nearest to an event, without what stands in brackets; empty if there is none."""
    return theatre.places[event.place].name.split(" (")[0] if 0 <= event.place < len(theatre.places) else ""


def brief(event: Event, theatre: Theatre) -> str:
    """Return an event in a few words."""
    said = BRIEFS[event.kind](event, place_of(event, theatre), event.numbers) if event.kind in BRIEFS else ""
    return said or shortened(event.text.split(";")[0])


def shortened(sentence: str) -> str:
    """Return a sentence with short names, and without its stop."""
    for name, short in SHORT:
        sentence = sentence.replace(name, short)
    return sentence.removesuffix(".")


def _count(number: float, one: str, many: str) -> str:
    return f"{number:,.0f} {one if round(number) == 1 else many}"


def _who(event: Event) -> str:
    return WHO.get(Side(event.side), "")


def _fighting(event: Event, place: str, numbers: Numbers) -> str:
    if "attack_lost" not in numbers:
        _, found, kind = event.text.partition(" begins a")
        kind = kind.partition(" near ")[0].removeprefix("n").strip()
        return f"{_who(event)} {kind}, {place}: {numbers['men']:,.0f} men" if found and "men" in numbers else ""
    lost = numbers["attack_lost"] + numbers.get("defend_lost", 0.0)
    return f"{_who(event)} attacks {place}: {_count(lost, 'casualty', 'casualties')}"


def _car_bombs(_: Event, place: str, numbers: Numbers) -> str:
    if "sent" not in numbers:
        return ""
    end = f"{numbers.get('killed', 0.0):,.0f} killed" if numbers.get("hits", 0.0) else "stopped"
    return f"{_count(numbers['sent'], 'car bomb', 'car bombs')}, {place}: {end}"


def _capture(event: Event, place: str, _: Numbers) -> str:
    return f"{_who(event)} takes {place}" if _who(event) and place else ""


def _rout(event: Event, place: str, numbers: Numbers) -> str:
    if "captured" not in numbers:
        return f"{_count(numbers.get('men', 0.0), 'man breaks', 'men break')}, {place}" if place else ""
    how = "Overrun" if "overrun" in event.text else "Pursuit"
    return f"{how}, {place}: {numbers['killed']:,.0f} killed, {numbers['captured']:,.0f} captured"


def _raid(_: Event, place: str, numbers: Numbers) -> str:
    if "days" in numbers:
        end = "shuts the road" if numbers["days"] else "beaten off"
        return f"Raid, {place}: {end}, {numbers.get('killed', 0.0):,.0f} killed"
    if "g" in numbers:
        return f"{numbers['men']:,.0f} men slip through, {place}"
    return f"{numbers['men']:,.0f} men slip back, {place}" if "lost" in numbers else ""


def _strike(_: Event, place: str, numbers: Numbers) -> str:
    if "strikes" not in numbers:
        return ""
    killed = f"{numbers.get('killed', 0.0):,.0f} killed"
    if "vehicles" not in numbers:
        return f"Friendly fire, {place}: {killed}"
    return f"{_count(numbers['strikes'], 'air strike', 'air strikes')}, {place}: {killed}"


def _drop(event: Event, _: str, numbers: Numbers) -> str:
    if "dropped" in numbers:
        lost = f", {numbers['enemy']:,.0f} t to the enemy" if numbers.get("enemy", 0.0) >= 0.5 else ""
        return f"Airdrop: {numbers.get('recovered', 0.0):,.0f} of {numbers['dropped']:,.0f} t recovered{lost}"
    airport, now, state = event.text.removesuffix(".").partition(" is now: ")
    return f"Airport: {state}" if now and airport else shortened(event.text.split(": ", 1)[-1]).capitalize()


def _arrival(event: Event, _: str, numbers: Numbers) -> str:
    """Say where men arrive; at the edge of the map, what lies beyond."""
    _, found, where = event.text.removesuffix(".").partition(" arrive at ")
    beyond = where.removesuffix(")").partition(" (")[2] if where.startswith("the ") else ""
    return f"{_count(numbers.get('men', 0.0), 'man arrives', 'men arrive')}, {beyond or where}" if found else ""


def _milestone(event: Event, _: str, __: Numbers) -> str:
    return shortened(event.text.split(",")[0])


def _hunger(_: Event, __: str, numbers: Numbers) -> str:
    return f"{_count(numbers['dead'], 'dies', 'die')} of hunger in a week" if "dead" in numbers else ""


def _civilians(_: Event, place: str, numbers: Numbers) -> str:
    if "present" in numbers:
        return f"{place} falls, {numbers['present']:,.0f} people in it"
    if "abducted" in numbers:
        return f"{place}: {numbers.get('killed', 0.0):,.0f} killed, {numbers['abducted']:,.0f} abducted"
    return f"{_count(numbers['rebels'], 'man rises', 'men rise')} near {place}" if "rebels" in numbers else ""


def _crossing(_: Event, place: str, numbers: Numbers) -> str:
    if "men" in numbers:
        hit = f", {numbers['lost']:,.0f} hit" if numbers.get("lost", 0.0) else ""
        return f"{_count(numbers['men'], 'man crosses', 'men cross')}, {place}{hit}"
    return f"Boats sunk, {place}" if "days" in numbers else ""


def _captives(event: Event, _: str, numbers: Numbers) -> str:
    if "executed" not in numbers:
        return ""
    return f"{_who(event) or 'IS'} kills {_count(numbers['executed'], 'captive', 'captives')}"


def _line(event: Event, _: str, __: Numbers) -> str:
    """Say first how the line stands: the end of its name may be cut off."""
    name, found, _rest = event.text.partition(" is cut")
    if not found:
        name, found, _rest = event.text.partition(" is open again")
    short = name.removeprefix("The ").replace(" from ", " ").replace(" to ", " - ")
    return f"{'Cut' if 'cut' in found else 'Open'}: {short[:1].upper()}{short[1:]}" if found else ""


BRIEFS: dict[EventKind, Callable[[Event, str, Numbers], str]] = {
    K.FIGHTING: _fighting,
    K.SVBIED: _car_bombs,
    K.CAPTURE: _capture,
    K.ROUT: _rout,
    K.RAID: _raid,
    K.AIR_STRIKE: _strike,
    K.AIRDROP: _drop,
    K.REINFORCEMENT: _arrival,
    K.HUNGER: _hunger,
    K.CIVILIANS: _civilians,
    K.CROSSING: _crossing,
    K.SURRENDER: _captives,
    K.LINE: _line,
    K.MILESTONE: _milestone,
}
