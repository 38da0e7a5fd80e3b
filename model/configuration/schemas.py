"""The JSON Schema that editors complete and check scenario files by; `python -m model.configuration.schemas` writes it.

A file may be a part (an include, or a scenario that extends another), so nothing is required of it and any key may be
taken away with null. Only a file with a title that neither extends nor includes must be complete.
"""

import json
from pathlib import Path
from typing import Any

from model.configuration.loading import CONFIGS
from model.quantities import REFERENCE
from model.scenario import Scenario

SCHEMA = CONFIGS / "schemas" / "scenario.schema.json"
REFERENCE_TEXT = {"type": "string", "pattern": f"^{REFERENCE}$", "description": "A number of the rulebook: group.parameter"}
_FILES: dict[str, Any] = {
    "extends": {"type": "string", "description": "Another scenario, by name or path, that this one changes."},
    "include": {
        "type": "array",
        "items": {"type": "string"},
        "description": "Parts of scenarios, as paths relative to this file; later ones win, this file wins over all.",
    },
}


def scenario_schema() -> dict[str, Any]:
    """Return the schema of a scenario file."""
    schema = Scenario.model_json_schema()
    complete = [key for key in schema.pop("required") if key != "name"]
    schema = dict(_partial(schema))
    schema["$defs"] = {name: _or_reference(name, part) for name, part in schema["$defs"].items()}
    schema["properties"] = _FILES | schema["properties"]
    builds = {"anyOf": [{"required": ["extends"]}, {"required": ["include"]}]}
    schema["if"] = {"required": ["title"], "not": builds}
    schema["then"] = {"required": complete}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _partial(schema: Any) -> Any:
    """Return a schema that requires nothing and lets null take any key away."""
    if isinstance(schema, list):
        return [_partial(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    loose = {key: _partial(part) for key, part in schema.items() if key not in ("required", "discriminator")}
    if "oneOf" in loose:
        loose["anyOf"] = loose.pop("oneOf")
    if isinstance(loose.get("properties"), dict):
        loose["properties"] = {name: _or_null(part) for name, part in loose["properties"].items()}
    if isinstance(loose.get("additionalProperties"), dict):
        loose["additionalProperties"] = _or_null(loose["additionalProperties"])
    return loose


def _or_reference(name: str, definition: dict[str, Any]) -> dict[str, Any]:
    """Let the rulebook give the numbers with a unit, and the plain numbers of what comes and stands on the map."""
    if name == "Quantity":
        return {"anyOf": [definition, REFERENCE_TEXT]}
    if name == "Parameter" or "properties" not in definition:
        return definition
    properties = {key: _number_or_reference(part) for key, part in definition["properties"].items()}
    return definition | {"properties": properties}


def _number_or_reference(part: dict[str, Any]) -> dict[str, Any]:
    if any(each.get("type") in ("integer", "number") for each in part.get("anyOf", [])):
        return part | {"anyOf": [*part["anyOf"], REFERENCE_TEXT]}
    return part


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    if {"type": "null"} in schema.get("anyOf", []):
        return schema
    return {"anyOf": [schema, {"type": "null"}]}


def text() -> str:
    """Return the schema as it is committed."""
    return json.dumps(scenario_schema(), indent=1, ensure_ascii=False) + "\n"


def write(path: Path = SCHEMA) -> None:
    """Write the schema for editors."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    write()
