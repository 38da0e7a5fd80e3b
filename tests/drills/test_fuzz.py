"""Whatever is read, it ends in a plain word or in a war that can be played: scenarios, parts, maps, scripts, `--set`."""

import os
import resource
import shutil
from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agents.muster import muster
from model.configuration.check import check
from model.configuration.loading import CONFIGS, load_with_origins
from model.configuration.problems import ConfigProblems
from model.map.build import theatre
from model.map.reading import MapError
from model.scenario import MapChoice
from model.sense.checks import look
from sweeps.design.sweep_file import read as read_sweep
from tests.drills.counted import trial, tried
from tests.drills.mutation import VALUES, spoilt_texts
from viz.problems import ScriptError
from viz.script import read as read_script

pytestmark = [pytest.mark.drill, pytest.mark.filterwarnings("default::RuntimeWarning")]
MEMORY_KB = 3_000_000
EXAMPLES = int(os.environ.get("TORGAU_EXAMPLES", "120"))  # of each kind
OFTEN = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
PARTS = ("rules/combat.yaml", "rules/islamic_state.yaml", "doctrine/all.yaml", "doctrine/relief_column.yaml", "doctrine/sdf.yaml",
         "forces/enclave.yaml", "forces/islamic_state_ring.yaml", "inputs/siege.yaml", "inputs/history.yaml")  # fmt: skip
MAPS = ("euphrates.yaml", "euphrates/places.csv", "euphrates/lines.geojson", "euphrates/areas.geojson",
        "euphrates/spot_heights.csv", "open_field.yaml", "proving_ground.yaml")  # fmt: skip
SCRIPT = "wait 2\nkey space\nclick 100 100\nassert paused = yes\nspeed 4\nview city\nassert turn >= 1\nquit\n"


@pytest.fixture(autouse=True)
def _within_memory():
    yield
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY_KB


@cache
def paths(name):
    """Return the dotted path of everything in a scenario."""
    found = []

    def walk(value, path):
        for key, child in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
            found.append((*path, str(key)))
            walk(child, found[-1])

    told = load_with_origins(name).scenario.model_dump(mode="json")
    walk({key: value for key, value in told.items() if key not in {"references", "quotations"}}, ())
    return [".".join(path) for path in found]


def played(scenario, given=()):
    """Load, look and play a turn; say whether it came to that."""
    try:
        loaded = load_with_origins(scenario, given)
        found = look(loaded.scenario, theatre(loaded.scenario.map, CONFIGS / "map"), loaded.origins)
    except (ConfigProblems, MapError):
        return False
    if any(problem.severity == "error" for problem in found):
        return False
    campaign = muster(loaded.scenario, 1)
    campaign.step()
    campaign.frame()
    campaign.digest()
    return True


@pytest.mark.parametrize("name", ["skirmish", "torgau", "lanchester"])
def test_settings(name):
    @OFTEN
    @given(st.sampled_from(paths(name)), st.sampled_from(VALUES))
    def one(path, value):
        with trial("`--set` of a path and a value, broken"):
            ends = "accepted, and played a turn" if played(name, [f"{path}={value}"]) else "refused"
        tried(f"`--set` of a path and a value, {ends}")

    one()


def test_settings_of_any_text():
    @OFTEN
    @given(st.text(max_size=60))
    def one(text):
        with trial("`--set` of any text"):
            played("lanchester", [text])
        tried("`--set` of any text")

    one()


@pytest.mark.parametrize("name", ["skirmish", "lanchester", "relief_2017", "shaddadi_2016"])
def test_scenarios(name, tmp_path_factory):
    text = (CONFIGS / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8").replace("- ../", f"- {CONFIGS}/")
    file = tmp_path_factory.mktemp("fuzz") / f"{name}_spoilt.yaml"

    @OFTEN
    @given(spoilt_texts(text))
    def one(content):
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
        with trial("scenario, broken"):
            ends = "accepted, and played a turn" if played(file) else "refused"
        tried(f"scenario, {ends}")

    one()


@pytest.mark.parametrize("part", PARTS)
def test_parts(part, tmp_path_factory):
    root = tmp_path_factory.mktemp("configs")
    shutil.copytree(CONFIGS, root, dirs_exist_ok=True)
    text = (CONFIGS / part).read_text(encoding="utf-8")

    @settings(OFTEN, max_examples=EXAMPLES // 2)
    @given(spoilt_texts(text))
    def one(content):
        (root / part).write_bytes(content.encode("utf-8", "surrogatepass"))
        with trial(f"file of {part.partition('/')[0]}"):
            check([root / part, root / "scenarios" / "skirmish.yaml"], root)
        tried(f"file of {part.partition('/')[0]}")

    one()


@pytest.mark.parametrize("name", ["demo", "screening", "policies_and_worlds"])
def test_sweep_files(name, tmp_path_factory):
    text = (CONFIGS / "sweeps" / f"{name}.yaml").read_text(encoding="utf-8")
    file = tmp_path_factory.mktemp("sweeps") / "spoilt.yaml"

    @settings(OFTEN, max_examples=EXAMPLES // 3)
    @given(spoilt_texts(text))
    def one(content):
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
        ends = "accepted"
        with trial("sweep file, broken"):
            try:
                read_sweep(file)
            except ConfigProblems as wrong:
                ends = "refused" if wrong.problems else ""
        assert ends, "refused without a word"
        tried(f"sweep file, {ends}")

    one()


@pytest.mark.parametrize("file", MAPS)
def test_maps(file, tmp_path_factory):
    root = tmp_path_factory.mktemp("map")
    shutil.copytree(CONFIGS / "map", root, dirs_exist_ok=True)
    text = (root / file).read_text(encoding="utf-8")
    choice = MapChoice(name=Path(file).parts[0].removesuffix(".yaml"), cell_km=5.0)

    @settings(OFTEN, max_examples=EXAMPLES // 2)
    @given(spoilt_texts(text))
    def one(content):
        (root / file).write_bytes(content.encode("utf-8", "surrogatepass"))
        with trial("file of a map"), suppress(MapError):
            theatre(choice, root)
        tried("file of a map")

    one()


def test_scripts(tmp_path_factory):
    file = tmp_path_factory.mktemp("script") / "x.txt"

    @settings(OFTEN, max_examples=4 * EXAMPLES)
    @given(st.one_of(spoilt_texts(SCRIPT), st.text(max_size=80)))
    def one(content):
        file.write_bytes(content.encode("utf-8", "surrogatepass"))
        with trial("`--script` file"), suppress(ScriptError):
            read_script(file)
        tried("`--script` file")

    one()
