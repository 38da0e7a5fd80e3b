"""The account of a run: what can be seen of a turn, why orders were given, and what came of it all."""
