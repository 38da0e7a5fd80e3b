"""Results: the folder of a sweep, its parts and tables, and what every column is."""
