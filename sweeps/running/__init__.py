"""Running: a study's runs handed to an engine, and brought home."""
