"""A click on a place: who holds it, who lives there, who died there and how it changed hands."""

from dataclasses import replace

from small_war import frame, theatre

from model.account.frame import QuarterNow
from viz.panels.inspection import place_card


def test_the_card_of_a_quarter_tells_of_its_people():
    ground = theatre()
    place = next(place for place in ground.places if place.cell >= 0)
    fallen = (("2017-01-14", 2, "taken by islamic state"),)
    told = QuarterNow(place.id, 2, 5300, (("shelling", 2, 12), ("air", 1, 3), ("hunger", 0, 40)), fallen)
    lines = place_card(ground, replace(frame(), quarters=(told,)), place).lines
    assert "5,300 civilians" in lines
    assert "12 dead: shelling (the Islamic State)" in lines
    assert "3 dead: air (the government)" in lines
    assert "40 dead: hunger" in lines
    assert "2017-01-14: taken by islamic state" in lines


def test_the_card_of_another_place_does_not():
    ground = theatre()
    place = next(place for place in ground.places if place.cell >= 0)
    assert not any("civilians" in line for line in place_card(ground, frame(), place).lines)
