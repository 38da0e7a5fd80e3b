import csv
import gzip
import re
from html.parser import HTMLParser

import made_up_sweep as made_up
import numpy as np
import pytest

import run
from sweeps import report
from sweeps.report import reading, writing


class Page(HTMLParser):
    """Takes a page apart and sees whether what was opened is closed."""

    VOID = {"meta", "br", "img"}  # noqa: RUF012

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.ids, self.used, self.shown = [], [], [], [], 0
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.shown += tag == "figure"
        if "id" in told:
            self.ids.append(told["id"])
        self.used += [told["href"][1:]] if told.get("href", "").startswith("#") else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, text):
        self.words.append(text)


@pytest.fixture(scope="module")
def factorial(tmp_path_factory):
    folder = made_up.factorial(tmp_path_factory.mktemp("sweep") / "drops-and-sorties")
    return folder, report.write(folder)


def text_of(path):
    return " ".join(Page(path.read_text()).words)


def test_the_page_stands_alone_and_is_whole(factorial):
    _, path = factorial
    source = path.read_text()
    assert "http" not in source
    assert "<script" not in source
    assert path.stat().st_size < 1_000_000
    page = Page(source)
    assert page.open == []
    assert page.shown >= 9
    assert len(page.ids) == len(set(page.ids)), "two things on the page have one id"
    assert set(page.used) <= set(page.ids), "a reference leads nowhere"


def test_the_first_page_tells_what_was_asked_and_found_civilians_first(factorial):
    words = text_of(factorial[1])
    assert "All 240 runs have been played." in words
    assert "How do air.drops_a_day and air.ru_sorties change whether the enclave holds?" in words
    assert words.index("civilians dead") < words.index("the enclave holds", words.index("All 240 runs"))
    assert "What it cannot say" in words
    assert "not a forecast" in words


def test_figures_of_the_page_are_those_of_the_runs(factorial):
    folder, path = factorial
    sweep = reading.read(folder)
    dead = sweep.outcome("siege.civilians.dead").mean()
    assert f"{dead:,.0f}" in text_of(path)
    with (folder / "summary.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    one = rows[7]
    mine = sweep.runs[sweep.runs["point"] == int(one["point"])]
    assert float(one["survived.share"]) == pytest.approx(mine["outcome.survived"].mean())
    assert float(one["siege.civilians.dead.mean"]) == pytest.approx(mine["outcome.siege.civilians.dead"].mean())
    assert float(one["survived.low"]) <= float(one["survived.share"]) <= float(one["survived.high"])


def test_every_run_is_in_the_table_and_every_figure_in_its_file(factorial):
    folder, _ = factorial
    with gzip.open(folder / "outcomes.csv.gz", "rt") as file:
        assert len(list(csv.DictReader(file))) == 240
    names = {path.stem for path in (folder / "figures").glob("*.svg")}
    assert {"map-survived", "survival", "competing", "tornado", "convergence", "fan-enclave-ration"} <= names


def test_the_same_sweep_gives_the_same_page(factorial):
    folder, path = factorial
    before = path.read_bytes()
    assert report.write(folder).read_bytes() == before


def test_relief_before_a_fall_ends_the_siege_otherwise(factorial):
    sweep = reading.read(factorial[0])
    ended, causes = sweep.ends
    relief = sweep.outcome("milestones.relief")
    relieved = np.array([cause == "relief" for cause in causes])
    assert relieved.any()
    assert (ended[relieved] == relief[relieved]).all()
    assert not (relieved & sweep.held[1]).any()


def test_an_interrupted_sweep_says_how_much_of_it_is_there(tmp_path):
    folder = made_up.factorial(tmp_path / "part", kept=0.4)
    words = text_of(report.write(folder))
    assert "96 of 240 runs have ended so far" in words


def test_failed_runs_are_named_counted_and_placed(tmp_path):
    folder = made_up.lhs(tmp_path / "fails", fails=lambda at: at[1] > 8 and at[2] > 3200)
    failed = len(reading.read(folder).failed)
    words = text_of(report.write(folder))
    assert f"{failed} of them failed and are left out" in words
    assert words.count("ZeroDivisionError in agents/raid.py:88") == 1  # one line for all of a kind
    assert "replay fails --run" in words
    assert "They are not spread evenly" in words
    box = words[words.index("They are not spread evenly") :]
    assert "air.ru_sorties: at least" in box
    assert "islamic_state.fighters: at least" in box


def test_a_sweep_in_which_all_fail_is_reported(tmp_path):
    folder = made_up.folder(
        tmp_path / "none", np.array([[1.0, 2, 3000], [2, 2, 3000]]), {"type": "factorial"}, fails=lambda at: True
    )
    words = text_of(report.write(folder))
    assert "None of 12 runs came to an end" in words


@pytest.mark.parametrize(
    ("design", "there", "not_there"),
    [
        ("lhs", ("PAWN indices", "Scenario discovery", "(chance)"), ("Sobol", "Morris")),
        ("sobol", ("Sobol indices", "first order"), ("PAWN", "Morris")),
        ("morris", ("elementary effects", "trajectories"), ("PAWN", "Sobol")),
        ("nested", ("Least to regret", "greatest regret", "fly more"), ("Sobol", "PAWN", "Lowest fifth")),
    ],
)
def test_the_design_decides_the_analysis(tmp_path, design, there, not_there):
    folder = getattr(made_up, design)(tmp_path / design)
    words = text_of(report.write(folder))
    assert [word for word in there if word not in words] == []
    assert [word for word in not_there if word in words] == []


def test_a_failed_run_takes_its_whole_block_of_a_sobol_design_along(tmp_path):
    folder = made_up.sobol(tmp_path / "blocks", base=32, reps=1, fails=lambda at: at[0] > 3.9)
    words = text_of(report.write(folder))
    found = re.search(r"From (\d+) blocks; (\d+) blocks? left out whole", words)
    assert int(found[1]) + int(found[2]) == 32
    assert int(found[2]) > 0


def test_discovery_finds_where_the_enclave_falls(tmp_path):
    folder = made_up.lhs(tmp_path / "lhs", n=150)
    made = writing.sections(reading.read(folder))
    text = " ".join(str(block) for section in made if section.title == "Where it happens" for block in section.blocks)
    assert "air.ru_sorties" in text
    assert "at most" in text  # few sorties: it falls


def test_markdown_and_tables_alone(tmp_path):
    folder = made_up.factorial(tmp_path / "plain", reps=3)
    text = writing.write(folder, form="md").read_text()
    assert text.startswith("# plain\n")
    assert all((folder / path).exists() for path in re.findall(r"\]\((figures/[^)]*)\)", text))
    assert writing.write(folder, form="csv").name == "summary.csv"


def test_the_command_line_writes_and_refuses(tmp_path, capsys):
    folder = made_up.lhs(tmp_path / "cli", n=40, reps=2)
    assert run.main(["report", str(folder), "--outcome", "siege.civilians.dead", "--heat", "drops_a_day,ru_sorties"]) == 0
    assert capsys.readouterr().out.strip() == str(folder / "report.html")
    assert (folder / "figures" / "map-siege-civilians-dead.svg").exists()
    assert run.main(["report", str(folder), "--outcome", "siege.civilians.ded"]) == 2
    assert "did you mean 'siege.civilians.dead'?" in capsys.readouterr().err
    assert run.main(["report", str(folder), "--heat", "drops_a_day,nothing"]) == 2
    assert run.main(["report", str(tmp_path)]) == 2
    assert "holds no sweep" in capsys.readouterr().err
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "manifest.json").write_bytes((folder / "manifest.json").read_bytes())
    assert run.main(["report", str(tmp_path / "empty")]) == 2
    assert "no run of this sweep has ended yet" in capsys.readouterr().err
