"""Sensitivity: each parameter at either end of its range, on the same seeds. `python -m sweeps.sensitivity`."""
