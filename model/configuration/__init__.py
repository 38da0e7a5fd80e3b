"""Configuration: strict YAML, stacked files, single values set, held against the models; faults come all at once."""
