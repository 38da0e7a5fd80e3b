"""Runs without a window: one, or thousands by design, and what they write."""
