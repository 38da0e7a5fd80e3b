"""The replay for a browser: what the page is told is what the frames said, and a real browser shows it."""

import base64
import json
import re
import zlib

import numpy as np
import pytest
from browsing import BROWSER, Browser

from agents.muster import open_campaign
from viz.output.browser import page
from viz.output.packed import FIGURES, FINE, Packed
from viz.units.positions import positions

TURNS = 12


@pytest.fixture(scope="module")
def run():
    """Return a campaign and the frames of its first days."""
    campaign = open_campaign("deir_ez_zor_2016", (), 1)
    frames = [campaign.frame()]
    for _ in range(TURNS):
        campaign.step()
        frames.append(campaign.frame())
    return campaign, frames


@pytest.fixture(scope="module")
def written(run, tmp_path_factory):
    campaign, frames = run
    target = tmp_path_factory.mktemp("page") / "replay.html"
    said = page(campaign.opening(), campaign.theatre, frames, target)
    assert f"{TURNS + 1} turns" in said
    return target


def unpacked(stream, forces, cells, many):
    """Yield x, y, men, state, control and figures of every turn of a stream, read as the page reads it."""
    at, columns, state, control = 0, np.zeros((3, many), np.uint16), np.zeros(many, np.uint8), np.zeros(cells, np.int8)
    while at < len(stream):
        rows = int.from_bytes(stream[at : at + 2], "little")
        at += 2
        columns[:, :rows] += np.frombuffer(stream, "<u2", 3 * rows, at).reshape(3, rows)
        at += 6 * rows
        state[:rows] += np.frombuffer(stream, np.uint8, rows, at)
        at += rows
        changed = int.from_bytes(stream[at : at + 4], "little")
        control[np.frombuffer(stream, "<u4", changed, at + 4)] = np.frombuffer(stream, np.int8, changed, at + 4 + 4 * changed)
        at += 4 + 5 * changed
        figures = np.frombuffer(stream, "<i4", len(FIGURES) + 3 + forces, at)
        at += 4 * figures.size
        yield columns.copy(), state.copy(), control.copy(), figures


def test_every_turn_comes_back_from_the_stream(run):
    campaign, frames = run
    packed = Packed(campaign.opening(), campaign.theatre)
    for frame in frames:
        packed.add(frame)
    told = packed.told()
    turns = list(unpacked(packed.stream(), len(frames[0].forces), campaign.theatre.cells, len(told["rows"])))
    assert len(turns) == len(frames) == len(told["turns"])
    for frame, (columns, state, control, figures) in zip(frames, turns, strict=True):
        rows = frame.units["row"]
        assert (columns[2, rows] == frame.units["men"]).all()
        assert columns[2].sum() == frame.units["men"].sum()  # and nobody else is in the field
        at = columns[:2, rows].T / FINE * np.array(told["plane"])
        assert np.abs(at - positions(campaign.theatre, frame)).max() < 0.01
        assert ((state[rows] & 15) == frame.units["state"]).all()
        assert (control == frame.control).all()
        assert figures[0] == frame.enclave.civilians
        assert figures[len(FIGURES) + 3 :].tolist() == [force.men for force in frame.forces]


def test_the_page_needs_nothing_but_itself(written):
    text = written.read_text(encoding="utf-8")
    assert not re.search(r"https?://|src=\"(?!data:)|@import", text)
    stream = re.search(r'id="turns">([^<]*)<', text)[1]
    assert zlib.decompress(base64.b64decode(stream))
    assert json.loads(re.search(r'id="told">(.*?)</script>', text, re.DOTALL)[1])["log"]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium on the PATH")
def test_a_real_browser_opens_and_plays_it(run, written, tmp_path):
    _, frames = run
    with Browser(f"{written.as_uri()}#3", tmp_path) as browser:
        browser.wait("document.body.dataset.ready === 'yes'")
        living = "document.getElementById('living').textContent"
        assert browser.value(living) == f"{frames[3].enclave.civilians:,}"
        browser.press(".")
        assert browser.value("turn") == 4
        browser.press("Home")
        assert browser.value("turn") == 0
        browser.press("5")
        browser.press(" ")
        browser.wait(f"turn === {TURNS} && !playing")
        assert browser.value(living) == f"{frames[TURNS].enclave.civilians:,}"
        inked = "new Set(pen.getImageData(0, 0, canvas.width, canvas.height).data).size"
        assert browser.value(inked) > 100  # a map, not a blank sheet
        assert browser.value("drawn.length") > 20
