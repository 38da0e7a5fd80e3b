"""The seam: the cheapest way to part the enemy's ground, found on drawn pockets, and a grand assault that goes along it."""

import numpy as np
import pytest
from scipy.ndimage import label

from agents.muster import open_campaign
from agents.picture import contacts_of
from agents.staff import seam
from agents.staff.assault import Assault, Choice
from agents.staff.storm import _along, _held
from model.ledger import Order, Side
from tests.agents.test_reserve_and_return import commander
from tests.rules.small_field import cell

DUMB_BELL = """
....................
.#######...########.
.#######...########.
.#################..
.#######...########.
.#######...########.
....................
"""
LEFT, RIGHT = (3, 3), (3, 15)


def pocket(drawn=DUMB_BELL):
    """Return the cost of the cells of a drawn pocket: one a cell of the enemy's, hardly anything for own ground."""
    rows = drawn.split()
    return np.array([[1.0 if sign == "#" else seam.FREE for sign in row] for row in rows])


def line(cost, near=2.0):
    """Return the cells of the enemy's ground in the seam, as (row, column)."""
    path = seam.parting(cost, (LEFT, RIGHT), near)
    return sorted(divmod(int(at), cost.shape[1]) for at in path if cost.ravel()[at] > seam.FREE)


def test_the_seam_runs_through_the_neck():
    found = line(pocket())
    assert len(found) == 1
    assert found[0][0] == 3
    assert 8 <= found[0][1] <= 10


def test_no_way_round_a_corner_joins_what_the_seam_parts():
    wide = pocket().copy()
    wide[2:5, 8:11] = 1.0
    parted = wide == 1.0
    for at in line(wide):
        parted[at] = False
    pieces = _pieces(parted)
    assert pieces[LEFT] != pieces[RIGHT]
    assert len(line(wide)) == 3


def _pieces(mask):
    return label(mask, structure=np.ones((3, 3)))[0]


def test_the_seam_goes_round_a_post_and_not_through_a_heart():
    cost = pocket().copy()
    cost[3, 8:10] += 30.0
    assert line(cost) == [(3, 10)]
    cost[3, 10] = 50.0  # the whole neck is strongly held: through a lobe, but not near its heart
    for at in line(cost):
        assert all(np.hypot(at[0] - heart[0], at[1] - heart[1]) > 2.0 for heart in (LEFT, RIGHT))


def test_ground_in_one_piece_without_an_edge_is_not_parted():
    assert seam.parting(np.ones((7, 20)), (LEFT, RIGHT), 2.0).size == 0


def test_the_hearts_are_the_prize_and_what_is_worth_most_away_from_it():
    worth = np.zeros((20, 20))
    worth[4, 4] = 0.9
    worth[4, 6] = 0.8  # too near to be another
    worth[15, 12:17] = 0.6
    assert seam.hearts_of(worth, 1.0) == ((4, 4), (15, 14))
    worth[15] = 0.0
    assert seam.hearts_of(worth, 1.0) is None
    assert seam.hearts_of(np.zeros((9, 9)), 1.0) is None


def test_men_spread_along_the_seam_and_the_first_in_a_cell_stays():
    chief = commander()
    campaign, units = chief.campaign, chief.campaign.units
    rows = np.array([0, 1])
    cells = np.array([cell(campaign, 8 + k, 10) for k in range(2)], dtype=np.int32)
    nothing = contacts_of(campaign, int(Side.GOVERNMENT))
    cut = Assault(
        "grand", "trial", int(cells[-1]), rows, 0, 40, 0, Choice(1.0, -1, 0.0, {"odds": 1.0, "worth": 1.0}, nothing), line=cells
    )
    assert cut.entry == cells[0]
    for order in _along(chief, cut, rows):
        chief.give("mass_and_assault", order)
    assert sorted(units["goal"][rows].tolist()) == sorted(cells.tolist())
    assert (units["order"][rows] == Order.ATTACK).all()
    campaign.layers.control[cells] = Side.ISLAMIC_STATE
    assert not _held(chief, cut, rows).any()
    units["cell"][0] = cells[0]
    for order in _along(chief, cut, rows):
        chief.give("mass_and_assault", order)
    assert units["order"][0] == Order.HOLD
    assert units["home"][0] == cells[0]
    assert units["goal"][1] == cells[1]
    assert _held(chief, cut, rows).tolist() == [True, False]


@pytest.fixture(scope="module")
def january():
    """Return the attacks ordered in the first four days of a grand assault, by turn."""
    campaign = open_campaign("january_2017", (), 1)
    told = []
    for _ in range(16):
        campaign.step()
        attacks = [reason for reason in campaign.reasons if reason.tactic == "mass_and_assault" and reason.order == Order.ATTACK]
        told += [(campaign.turn - 1, reason) for reason in attacks]
    return campaign, told


def test_a_grand_assault_strikes_at_several_places_and_along_the_seam(january):
    campaign, told = january
    aims = {reason.figures["target_at"] for _, reason in told if "grand assault on" in reason.why}
    along = {reason.goal for _, reason in told if "along the seam" in reason.why}
    assert len(aims) >= 2
    assert len(along) >= 6
    assert all(campaign.theatre.inside[goal] for goal in along)


def test_it_goes_on_within_hours(january):
    campaign, told = january
    assert any("goes on to" in reason.why and turn % campaign.turns_per_day for turn, reason in told)
