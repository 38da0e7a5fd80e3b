"""Checks: battles, stores and roads on record, played by the game's own laws and set beside what was reported."""
