"""Two settings on the same seeds: what differs, how surely, and where it began."""
