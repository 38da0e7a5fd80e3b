"""The map: relief, land, water, roads, names, whose ground it is."""
