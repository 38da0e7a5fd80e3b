"""Units on the map: symbols, stacks, and what happens to them this turn."""
