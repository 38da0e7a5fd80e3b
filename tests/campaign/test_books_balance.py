"""Conservation: men, food, pallets and ground are never made and never lost."""

import numpy as np
import pytest

from model.ledger import SIDES

GOVERNMENT = 1


@pytest.fixture(params=["skirmish", "siege"])
def watched(request):
    return request.getfixturevalue(request.param)


def test_every_mans_whereabouts_are_known_every_turn(watched):
    assert len(watched.men_out) in {60, 250}
    assert not any(watched.men_out)


def test_the_living_have_men_and_the_dead_have_none(watched):
    assert not any(watched.ghosts)


def test_the_books_had_something_to_tell(siege):
    units = siege.campaign.units
    for name in ("killed", "wounded", "returned", "captured", "deserted", "joined", "left"):
        assert units[name].sum() > 0, name


def test_wounded_in_the_wards_and_those_who_came_back_are_no_more_than_were_wounded(watched):
    units = watched.campaign.units
    assert (units["returned"] + watched.campaign.hospital.sum(axis=0) <= units["wounded"]).all()


def test_food_is_issued_only_from_what_there_was(watched):
    assert len(watched.food_out) >= 15
    assert np.abs(watched.food_out).max() < 1e-6
    assert watched.campaign.enclave.food >= 0.0


def test_pallets_are_the_sum_of_what_became_of_them(watched):
    lift, rules = watched.campaign.enclave.lift, watched.campaign.rules.drop
    found = (lift.recovered - rules.nml_half * lift.no_mans_land) / (1.0 - rules.pilfer)
    assert lift.dropped > 200.0
    assert found + lift.no_mans_land + lift.enemy + lift.failed + lift.shelled == pytest.approx(lift.dropped, abs=1e-6)


def test_the_cells_of_all_sides_are_the_map(watched):
    control = watched.campaign.layers.control
    assert watched.cells == {watched.campaign.theatre.cells}
    assert ((control >= 0) & (control < SIDES)).all()
    assert not control[watched.campaign.theatre.inside == 0].any()


def test_civilians_are_counted_by_cause(watched):
    e, opening = watched.campaign.enclave, watched.campaign.situation.enclave
    gone = e.dead_hunger + e.dead_fire + e.dead_massacre + e.dead_natural + e.abducted - e.freed + e.left + e.conscripted
    assert e.civilians + e.quarters.behind + gone == pytest.approx(opening.population.value, abs=1e-6)
    assert e.quarters.dead.sum() == pytest.approx(e.dead_hunger + e.dead_fire + e.dead_massacre + e.dead_natural, abs=1e-6)


def test_the_flows_of_the_garrisons_ledger_sum_to_its_change(watched):
    assert len(watched.ledger_out) >= 15
    assert not any(watched.ledger_out)


def test_the_ledger_had_something_to_tell(siege):
    flows = siege.campaign.enclave.manpower.now()
    assert all(flows[name] < 0 for name in ("harassment", "battle"))
    assert all(flows[name] > 0 for name in ("wounded_back", "conscripts"))
    assert flows["conscripts"] <= siege.campaign.enclave.conscripted  # today's are told tomorrow


def test_conscripts_are_men_who_joined_the_garrison(skirmish):
    units, conscripts = skirmish.campaign.units, skirmish.campaign.enclave.conscripted
    assert units["joined"][units["side"] == GOVERNMENT].sum() == conscripts > 0
