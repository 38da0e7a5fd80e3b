import json

import pytest

import run
from agents.muster import open_campaign
from model.configuration.problems import ConfigProblems
from sweeps.comparison import telling
from sweeps.comparison.arms import Arm, are_runs, arm
from sweeps.comparison.figures import figures
from sweeps.comparison.lockstep import Failed, Pair, played
from sweeps.comparison.paired_figures import lines, seeds_to_watch
from sweeps.comparison.playing import compare
from sweeps.single.headless import run as headless
from sweeps.storage import OutputProblem

TURNS = 40
SOFT = "rules.combat.attr_k=0.24"


@pytest.fixture(scope="module")
def pairs():
    made, failed = compare((Arm("skirmish"), Arm("skirmish", (SOFT,))), (1, 2), turns=TURNS, workers=1)
    assert failed == []
    return made


def test_an_arm_is_a_scenario_with_settings():
    assert arm("skirmish") == Arm("skirmish")
    assert arm("skirmish+a.b=1,c=[2, 3]", ["d=4"]) == Arm("skirmish", ("a.b=1", "c=[2, 3]", "d=4"))
    assert arm("skirmish+a.b=1").name == "skirmish+a.b=1"


def test_lockstep_plays_what_each_would_play_alone(pairs):
    for side, settings in (("first", ()), ("second", (SOFT,))):
        alone = headless(open_campaign("skirmish", settings, 2), turns=TURNS)
        assert getattr(pairs[1], side).digest == alone.digest
        assert figures(getattr(pairs[1], side)) == figures(alone)


def test_the_first_turn_that_differs_is_found(pairs):
    where = pairs[0].divergence
    campaigns = [open_campaign("skirmish", settings, 1) for settings in ((), (SOFT,))]
    for turn in range(1, where.turn + 1):
        for campaign in campaigns:
            campaign.step()
        same = campaigns[0].digest() == campaigns[1].digest()
        assert same == (turn < where.turn), f"turn {turn}"
    assert where.turn > 0
    assert where.first is None or where.second is None or where.first.text != where.second.text


def test_a_setting_against_itself_never_parts():
    pair = played((Arm("skirmish"), Arm("skirmish")), 3, 12)
    assert pair.divergence.turn is None
    assert pair.first == pair.second
    words = telling.text(("a", "b"), [pair], [])
    assert "every seed plays the same in both" in words
    assert "→" not in words


def made_up(pair, seed, killed):
    """Return a pair with other deaths in its second arm."""
    people = pair.first.siege.civilians.model_copy(update={"dead_hunger": pair.first.siege.civilians.dead_hunger + killed})
    siege = pair.first.siege.model_copy(update={"civilians": people})
    return Pair(seed, pair.first, pair.first.model_copy(update={"siege": siege}), pair.divergence)


def test_paired_differences_are_told_civilians_first(pairs):
    many = [made_up(pairs[0], seed, killed) for seed, killed in enumerate((4, 6, 9, 2, 7, 5, 3, 8, 6, 10), start=1)]
    found = lines(many)
    by_name = {line.figure.name: line.paired for line in found}
    assert by_name["starved"].difference.value == pytest.approx(6.0)
    assert 4 < by_name["starved"].difference.low < 6 < by_name["starved"].difference.high < 8
    line, least, most = seeds_to_watch(many, found)
    assert (line.figure.name, least, most) == ("civilians dead", 4, 10)
    words = telling.text(("a", "b"), many, [])
    assert words.index("Civilians") < words.index("The siege") < words.index("Killed")
    assert "more in B (more in 10, less in 0 of 10 seeds)" in words
    assert "the enclave holds yes" in words


def test_one_seed_gets_no_interval_and_failures_are_told(pairs):
    words = telling.text(("a", "b"), [made_up(pairs[0], 1, 5)], [Failed(2, "ZeroDivisionError: in the dark")])
    assert "one seed: no interval" in words
    assert "seed 2: ZeroDivisionError" in words
    told = json.loads(json.dumps(telling.record(("a", "b"), [made_up(pairs[0], 1, 5)], []), allow_nan=False))
    assert told["figures"][0]["difference"] == 5
    assert told["figures"][0]["low"] is None


def test_a_run_that_breaks_leaves_the_other_seeds(monkeypatch):
    from sweeps.comparison import lockstep

    def breaks(scenario, overrides, seed):
        if seed == 2:
            raise ZeroDivisionError("in the dark")
        return open_campaign(scenario, overrides, seed)

    monkeypatch.setattr(lockstep, "open_campaign", breaks)
    pairs, failed = compare((Arm("skirmish"), Arm("skirmish")), (1, 2), turns=1, workers=1)
    assert [pair.seed for pair in pairs] == [1]
    assert failed == [Failed(2, "ZeroDivisionError: in the dark")]


def test_faults_of_both_arms_are_told_at_once():
    with pytest.raises(ConfigProblems) as told:
        compare((Arm("skirmish", ("rules.combat.attr_kk=1",)), Arm("skirmish", ("nothing=1",))), (1,), workers=1)
    assert len(told.value.problems) == 2


def test_end_to_end_on_two_workers(tmp_path, capsys):
    words = ["compare", "skirmish", "skirmish", "--set-b", SOFT, "--seeds", "2", "--turns", "12", "--out", str(tmp_path / "c")]
    assert run.main(words) == 0
    told = capsys.readouterr().out
    assert told.startswith("A  skirmish\nB  skirmish+rules.combat.attr_k=0.24\n2 seeds")
    assert {path.name for path in (tmp_path / "c").iterdir()} == {"compare.txt", "compare.json", "pairs.csv"}
    assert json.loads((tmp_path / "c" / "compare.json").read_text())["seeds"] == [1, 2]
    assert run.main(["compare", "skirmish", "skirmish+rules.combat.attr_kk=1"]) == 2
    assert "did you mean 'attr_k'" in capsys.readouterr().err


def test_two_runs_that_were_played(tmp_path, capsys):
    for name, settings in (("a", ()), ("b", (SOFT,))):
        headless(open_campaign("skirmish", settings, 1), tmp_path / name, turns=TURNS)
    folders = [str(tmp_path / name) for name in ("a", "b")]
    assert are_runs(*folders)
    assert run.main(["compare", *folders]) == 0
    told = capsys.readouterr().out
    assert "1 seed, each played in both" in told
    assert "Where they part\n  State: seed 1, turn" in told
    assert run.main(["compare", folders[0], folders[0]]) == 0
    assert "Nowhere" in capsys.readouterr().out
    with pytest.raises(OutputProblem, match="two of a kind"):
        are_runs(folders[0], "skirmish")
    assert run.main(["compare", *folders, "--set-a", SOFT]) == 2
