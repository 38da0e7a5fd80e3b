"""A scenario written out whole: as YAML that loads again to the same scenario, and as a digest."""

import hashlib
import json
from typing import Any

import yaml

from model.configuration.scalars import resolve
from model.scenario import Scenario

_TEXT = "tag:yaml.org,2002:str"
HEADER = "# The whole scenario as it was played, every file and setting merged.\n"


class _Writer(yaml.CSafeDumper):
    """Writes text so that the strict reader reads text: what it would take for a number or refuse is quoted."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML's signature)
        """Write everything out."""
        return True


def _text(writer: _Writer, text: str) -> yaml.ScalarNode:
    value, complaint = resolve(text)
    quoted = value != text or complaint or text == "<<"
    return writer.represent_scalar(_TEXT, text, style="'" if quoted and text.isprintable() else None)


_Writer.add_representer(str, _text)


def resolved_yaml(scenario: Scenario) -> str:
    """Return the scenario as YAML, defaults included; `load` reads it back to an equal scenario."""
    values = scenario.model_dump(exclude_none=True)
    return HEADER + yaml.dump(values, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=120, default_flow_style=None)


def digest(scenario: Scenario) -> str:
    """Return the sha256 of the scenario as JSON. Order counts, as it decides which row of the ledger a unit gets."""
    text = json.dumps(scenario.model_dump(mode="json"), ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
