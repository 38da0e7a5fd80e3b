"""A single run without a window: played, told in a folder, taken up again."""
