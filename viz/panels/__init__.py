"""Panels: what is written and charted beside the map, and the pages over it."""
