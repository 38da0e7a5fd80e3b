"""The report of a sweep: one page that can be sent to somebody, and the tables behind it."""

from pathlib import Path


def write(folder: Path) -> Path:
    """Write report, tables and figures into the folder of a sweep, and return the report's path."""
    from sweeps.report import writing

    return writing.write(folder)
