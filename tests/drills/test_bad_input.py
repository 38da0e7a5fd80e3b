"""Bad input by the command line, each in a fork of limited memory and time: a word, exit code 2, and nothing written."""

import os
from pathlib import Path

import pytest

from tests.drills.counted import tried
from tests.drills.forked import CommandLines
from tests.drills.spoilt import JUNK

pytestmark = pytest.mark.drill
ROOT = Path(__file__).parents[2]
EXTENDED = "extends: lanchester\n"
UNITS = EXTENDED + "forces: {republican_guard: {order_of_battle: {battalion: {%s}}}}\n"
LAKE = (
    "extends: deir_ez_zor_2016\nforces: {islamic_state: {order_of_battle: {afloat: {name: Afloat, men: 300, units: 2, "
    "at: [35.95, 38.3], sector: ring, posture: hasty, basis: 'estimate: none'}}}}\n"
)
SCENARIOS = {
    "cut short": ("extends: lanchester\nforces: {republican_guard: {order_of", "x.yaml:3"),
    "binary": (bytes(range(256)), "UTF-8"),
    "nested as deep as a file may be": (b"[" * 1_999_999, "nested"),
    "aliases of aliases": (JUNK["bomb"], "alias"),
    "a key twice": (EXTENDED + "start: 2016-05-11\nstart: 2016-05-12\n", "duplicate key 'start'"),
    "not a number": (EXTENDED + "rules: {combat: {attr_k: {value: .nan}}}\n", "finite"),
    "infinite": (EXTENDED + "rules: {combat: {attr_k: {value: .inf}}}\n", "finite"),
    "a huge number": (EXTENDED + "rules: {combat: {attr_k: {value: 1e308}}}\n", "outside its range"),
    "digits without end": (EXTENDED + f"turn_h: {'9' * 100_000}\n", "turn_h"),
    "a wrong unit": (EXTENDED + "rules: {combat: {attr_k: {value: 0.2, unit: furlongs}}}\n", "unit should be '1/day'"),
    "an include that is not there": ("include: [nowhere.yaml]\n" + EXTENDED, "nowhere.yaml"),
    "an include of itself": ("include: [{own}]\n" + EXTENDED, "circle"),
    "an include from elsewhere": ("include: [/etc/passwd]\n" + EXTENDED, "outside"),
    "a place that is not there": (UNITS % "place: atlantis", "no place 'atlantis'"),
    "dates reversed": (EXTENDED + "start: 2016-06-01\nend: 2016-05-01\n", "should be after start"),
    "a day that never was": (EXTENDED + "start: 2016-02-30\n", "start"),
    "no units": (UNITS % "units: 0", "units: Input should be greater than 0"),
    "a million units": (UNITS % "units: 1000000", "units: Input should be less than"),
    "more units than can be numbered": (UNITS % "units: 90000, men: 200000", "more than can be played"),
    "a unit on the lake": (LAKE, "stands on water"),
    "a name in other letters": (UNITS % 'place: "مخيم الغرب 🪖"', "no place 'مخيم الغرب 🪖'"),
    "code in a tag": (b"extends: !!python/object/apply:os.system ['touch executed']\n", "tag"),
}


@pytest.fixture(scope="module")
def typed():
    """Type a command line; return its exit code and what it said."""
    lines = CommandLines()
    yield lines.said
    lines.close()


def refused(typed, words, folder, told=""):
    """Hold a command line to a word, exit code 2 and nothing written."""
    before = sorted(folder.rglob("*"))
    code, complained = typed(folder, *words)
    assert code == 2, (words, complained[-500:])
    assert "Traceback" not in complained
    assert told in complained
    assert complained.strip()
    assert len(complained) < 20_000
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario(typed, name, tmp_path):
    content, told = SCENARIOS[name]
    file = tmp_path / "x.yaml"
    plain = content if isinstance(content, bytes) else content.replace("{own}", str(file)).encode()
    file.write_bytes(plain)
    for words in (("run", file, "--turns", "1", "--out", tmp_path / "out"), ("check", file)):
        refused(typed, words, tmp_path, told)
        tried("bad scenario by `run` and `check`, in limited memory and time")


READERS = {
    "check": ("check", "{file}"),
    "run": ("run", "{file}", "--out", "out"),
    "a sweep": ("sweep", "{file}", "--out", "out", "--workers", "0"),
    "a script": ("watch", "skirmish", "--headless", "--script", "{file}"),
    "calibrate": ("calibrate", "{file}", "--out", "out", "--dry-run"),
    "replay": ("replay", "{file}", "--headless"),
    "export": ("export", "{file}", "--png", "x.png"),
    "run --from, a checkpoint": ("run", "--from", "{file}", "--out", "out"),
    "run --from, a recording": ("run", "--from", "{file}@1", "--out", "out"),
    "compare": ("compare", "{file}", "{file}"),
    "report": ("report", "{file}"),
    "sweep status": ("sweep", "status", "{file}"),
    "sweep diff": ("sweep", "diff", "{file}", "{file}"),
    "a sweep that reuses": ("sweep", ROOT / "configs/sweeps/demo.yaml", "--reuse", "{file}", "--out", "out", "--workers", "0"),
}


def strange(folder):
    """Return files that are none: a pipe, a terabyte of nothing, a device, a folder, a link to itself, nothing at all."""
    os.mkfifo(folder / "pipe.yaml")
    with (folder / "sparse.yaml").open("wb") as file:
        file.truncate(2**40)
    (folder / "folder.yaml").mkdir()
    (folder / "itself.yaml").symlink_to(folder / "itself.yaml")
    (folder / "device.yaml").symlink_to("/dev/zero")
    (folder / "binary.yaml").write_bytes(bytes(range(256)) * 100)
    (folder / "empty.yaml").write_bytes(b"")
    return [path.name for path in sorted(folder.iterdir())] + ["none.yaml", "n" * 5000 + ".yaml"]


@pytest.mark.parametrize("reader", READERS)
def test_what_is_no_file(typed, reader, tmp_path):
    for name in strange(tmp_path):
        if (reader, name) in {("a script", "empty.yaml"), ("check", "folder.yaml")}:
            continue  # a script of no lines, a folder of no files: nothing is wrong with them
        refused(typed, [str(word).replace("{file}", name) for word in READERS[reader]], tmp_path)
        tried("pipe, device, terabyte, folder, link to itself or nothing where a file should be")
