"""Drills: long tests of what may go wrong outside the model. Run by `make drill`, counted in docs/RELIABILITY.md."""
