"""Feeds: where frames come from - a model in its own process, a recording, a run opened again."""
