"""The log's few words: every event of a war has a line that says where and how much, and fits."""

import pytest

from model.events import Event, EventKind
from viz.panels.briefs import brief

K = EventKind
TOLD = (
    (K.AIRDROP, {"dropped": 20.0, "recovered": 19.6, "enemy": 0.0}, "Airdrop: 20 of 20 t recovered"),
    (K.AIRDROP, {"dropped": 20.0, "recovered": 12.0, "enemy": 4.0}, "Airdrop: 12 of 20 t recovered, 4 t to the enemy"),
    (K.SVBIED, {"sent": 1.0, "hits": 0.0, "killed": 0.0}, "1 car bomb, {place}: stopped"),
    (K.SVBIED, {"sent": 3.0, "hits": 1.0, "killed": 11.0}, "3 car bombs, {place}: 11 killed"),
    (K.FIGHTING, {"attack_lost": 1000.0, "defend_lost": 200.0}, "IS attacks {place}: 1,200 casualties"),
    (K.RAID, {"men": 150.0, "killed": 22.0, "days": 1.5}, "Raid, {place}: shuts the road, 22 killed"),
    (K.RAID, {"men": 150.0, "killed": 2.0, "days": 0.0}, "Raid, {place}: beaten off, 2 killed"),
    (K.AIR_STRIKE, {"strikes": 9.0, "killed": 6.0, "vehicles": 0.0}, "9 air strikes, {place}: 6 killed"),
    (K.AIR_STRIKE, {"strikes": 1.0, "killed": 0.0}, "Friendly fire, {place}: 0 killed"),
    (K.CIVILIANS, {"present": 2835.0, "fled": 1348.0}, "{place} falls, 2,835 people in it"),
    (K.CROSSING, {"men": 88.0, "lost": 0.0}, "88 men cross, {place}"),
    (K.ROUT, {"men": 1.0}, "1 man breaks, {place}"),
    (K.CAPTURE, {}, "IS takes {place}"),
    (K.SURRENDER, {"executed": 1.0}, "IS kills 1 captive"),
)


@pytest.mark.parametrize(("kind", "numbers", "said"), TOLD)
def test_a_line_says_what_where_and_how_much(ground, kind, numbers, said):
    event = Event(1, kind, "A whole sentence.", 0, 2, 0, 0, 0.5, numbers)
    assert brief(event, ground) == said.format(place=ground.places[0].name.split(" (")[0])


@pytest.mark.parametrize(
    ("kind", "text", "said"),
    [
        (K.LINE, "The M20 from Homs to Palmyra is cut near Jazal oil field.", "Cut: M20 Homs - Palmyra"),
        (K.LINE, "The road Salamiya - Ithriya - Khanasir is open again.", "Open: Road Salamiya - Ithriya - Khanasir"),
        (K.AIRDROP, "The airport is now: shut.", "Airport: shut"),
        (K.REINFORCEMENT, "80 men of IS arrive at the south edge of the map (Qaim).", "80 men arrive, Qaim"),
        (K.REINFORCEMENT, "80 men of IS arrive at Ithriya.", "80 men arrive, Ithriya"),
        (K.MILESTONE, "The enclave is cut in two, and both parts can go on fighting.", "The enclave is cut in two"),
        (K.WEATHER, "A sandstorm covers the valley; aircraft stay on the ground.", "A sandstorm covers the valley"),
        (K.WITHDRAWAL, "80 men of Islamic State leave for Manbij.", "80 men of IS leave for Manbij"),
    ],
)
def test_what_stands_only_in_the_sentence_is_shortened(ground, kind, text, said):
    assert brief(Event(1, kind, text, -1, 2, numbers={"men": 80.0} if "men" in text else {}), ground) == said
