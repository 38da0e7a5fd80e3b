"""Runs without a window: one, or thousands by design, and what they write."""

from typing import Any

__all__ = ["load"]


def __getattr__(name: str) -> Any:
    """Offer `from sweeps import load` without reading parquet for those who only run one campaign."""
    if name == "load":
        from sweeps.results.tables import load

        return load
    raise AttributeError(name)
