"""The strict reader: what it takes, what it refuses, and that it survives any text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.configuration.problems import Problem
from model.configuration.scalars import resolve
from model.configuration.yaml_tree import origins, plain, read_text


def read(text: str) -> tuple[object, list[Problem]]:
    problems: list[Problem] = []
    node = read_text(text, "f.yaml", problems)
    return (None if node is None else plain(node)), problems


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("", None), ("~", None), ("null", None), ("true", True), ("False", False), ("0", 0), ("-12", -12), ("+3", 3),
        ("0.5", 0.5), (".5", 0.5), ("1e-3", 1e-3), ("2.", 2.0), ("2016-05-11", "2016-05-11"), ("y", "y"), ("n", "n"),
        ("1/day", "1/day"), ("104_brigade", "104_brigade"), ("٣", "٣"), ("0-12", "0-12"), ("nothing", "nothing"),
        ("infantry", "infantry"), ("on the road", "on the road"), ("0.0", 0.0), ("00.5", 0.5),
    ],
)  # fmt: skip
def test_words_mean_what_yaml_1_2_says(word, value):
    assert resolve(word) == (value, "")
    assert type(resolve(word)[0]) is type(value)


@pytest.mark.parametrize(
    "word",
    ["yes", "No", "ON", "off", "010", "08", "0x1F", "0b1", "0o7", "12:30", "1:30:00", "1_000", ".nan", "-.Inf", "NaN", "9" * 41],
)
def test_words_that_readers_disagree_on_are_refused(word):
    value, complaint = resolve(word)
    assert value == word
    assert complaint


def test_quoting_makes_any_word_text():
    assert read("a: 'no'\nb: \"12:30\"\nc: '010'\nd: !!str 5\n") == ({"a": "no", "b": "12:30", "c": "010", "d": "5"}, [])


def test_keys_are_words_even_if_they_look_like_something_else():
    assert read("on: 1\n2016: 2\n") == ({"on": 1, "2016": 2}, [])


def test_aliases_stand_for_what_they_name():
    assert read("a: &x {b: 1}\nc: *x\n") == ({"a": {"b": 1}, "c": {"b": 1}}, [])


def test_a_duplicate_key_keeps_the_first_and_is_told_with_both_lines():
    value, problems = read("a: {x: 1}\nb: 2\na: {x: no}\n")
    assert value == {"a": {"x": 1}, "b": 2}
    assert [str(p) for p in problems if "duplicate" in p.message] == ["f.yaml:3: a: duplicate key 'a', first written in line 1"]


def test_everything_knows_its_line():
    node = read_text("a:\n  b:\n  - 1\n  - {c: 2}\nd: |\n  text\n", "f.yaml", [])
    lines = {path: line for path, (_, line) in origins(node).items()}
    assert lines == {"": 1, "a": 1, "a.b": 2, "a.b.0": 3, "a.b.1": 4, "a.b.1.c": 4, "d": 5}


def test_an_alias_bomb_is_stopped_at_once():
    layers = ["a0: &a0 [" + "x, " * 9 + "x]"]
    layers += [f"a{n}: &a{n} [" + f"*a{n - 1}, " * 9 + f"*a{n - 1}]" for n in range(1, 30)]
    begin = time.perf_counter()
    value, problems = read("\n".join(layers))
    assert value is None
    assert "once its aliases are followed" in problems[0].message
    assert time.perf_counter() - begin < 0.5


def test_deep_nesting_is_stopped_however_it_is_written():
    for text in ("[" * 100_000, "a: " + "{b: " * 5_000, "".join(" " * n + "k:\n" for n in range(200))):
        assert "nested deeper" in read(text)[1][0].message


def test_a_large_file_is_read_quickly():
    text = "\n".join(f"k{n}: {{value: {n}, unit: 1/day, range: [0.1, 9.5], basis: 'estimate {n}'}}" for n in range(5_000))
    begin = time.perf_counter()
    assert read(text)[1] == []
    assert time.perf_counter() - begin < 3.0


FRAGMENTS = st.sampled_from(
    ["a: ", "b: ", "- ", "? ", "*x ", "&x ", "<<: ", "!!str ", "!t ", "no", "12:30", "[", "]", "{", "}", ",", "\n", "\n  ",
     "'", '"', "| ", "#", "%", "---", "...", "\t", "\x00", "\ufeff", "\u2028"])  # fmt: skip


@given(st.one_of(st.text(), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_any_text_gives_a_tree_or_problems(text):
    problems: list[Problem] = []
    node = read_text(text, "f.yaml", problems)
    assert node is not None or problems
