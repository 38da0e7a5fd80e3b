"""The JSON Schema for editors: committed as generated, and as loose as the files are."""

import json

import pytest

from model.configuration.schemas import SCHEMA, scenario_schema, text, write


def test_the_committed_schema_is_up_to_date():
    assert SCHEMA.read_text(encoding="utf-8") == text(), "run `python -m model.configuration.schemas`"


def test_it_is_written_as_it_is_read(tmp_path):
    write(tmp_path / "deep/schema.json")
    assert json.loads((tmp_path / "deep/schema.json").read_text(encoding="utf-8")) == scenario_schema()


def test_parts_need_nothing_and_whole_files_everything():
    schema = scenario_schema()
    assert "required" not in schema
    assert set(schema["then"]["required"]) == {"title", "purpose", "start", "end", "forces", "rules"}
    assert not any("required" in definition for definition in schema["$defs"].values())
    assert '"oneOf"' not in text()


@pytest.mark.parametrize("key", ["include", "extends", "forces", "turn_h", "rules", "enclave"])
def test_every_key_is_offered(key):
    assert key in scenario_schema()["properties"]


def test_unknown_keys_stay_refused():
    schema = scenario_schema()
    assert schema["additionalProperties"] is False
    assert schema["$defs"]["Formation"]["additionalProperties"] is False


def test_any_key_may_be_taken_away():
    formation = scenario_schema()["$defs"]["Formation"]["properties"]
    assert all({"type": "null"} in part["anyOf"] for part in formation.values())
