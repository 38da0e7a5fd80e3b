"""Dated inputs: what the outside world does, never what follows from it."""

import pytest


def test_inputs_fall_into_the_campaign(article):
    for name, event in article.inputs.items():
        assert article.start <= event.date <= article.end, name


def test_inputs_name_forces_air_forces_and_formations_that_exist(article):
    for name, event in article.inputs.items():
        if hasattr(event, "force"):
            assert event.force in article.forces, name
        if hasattr(event, "air_force"):
            assert event.air_force in article.air_forces, name
        for formation, leaving in getattr(event, "formations", {}).items():
            assert leaving <= article.forces[event.force].order_of_battle[formation].men, name


def test_sectors_of_inputs_are_sectors_of_the_force(article):
    for name, event in article.inputs.items():
        known = {f.sector for force in article.forces.values() for f in force.order_of_battle.values()}
        wanted = {*getattr(event, "sectors", ()), *getattr(event, "sources", {})}
        wanted |= {value for key in ("sector", "to_sector") if (value := getattr(event, key, ""))}
        assert wanted <= known, name


def test_troops_withdrawn_leave_what_held_palmyra_in_december(article):
    gone = [article.inputs[f"tiger_withdrawal_{month}"].formations for month in ("may", "june")]
    there = sum(
        f.men for force in article.forces.values() for f in force.order_of_battle.values() if f.sector.startswith("palmyra")
    )
    assert sum(sum(leaving.values()) for leaving in gone) == 1_800
    assert there - 1_800 == 3_300


def test_no_formation_is_asked_for_more_than_it_has(article):
    column = article.forces["relief_column"].order_of_battle
    taken = {}
    for event in article.inputs.values():
        for formation, men in getattr(event, "formations", {}).items():
            taken[formation] = taken.get(formation, 0) + men
    assert all(men <= column[formation].men for formation, men in taken.items())


@pytest.mark.parametrize("axis", ["khabur", "raqqa", "manbij"])
def test_the_sdf_is_asked_for_each_axis_once(article, axis):
    operations = [event for event in article.inputs.values() if event.kind == "operation" and event.axis == axis]
    assert len(operations) == 1
    assert operations[0].force == "sdf"
