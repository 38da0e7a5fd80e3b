"""The laws, one per file. `model/turn.py` says in which order they are applied."""
