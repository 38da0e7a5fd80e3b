"""The map: from places, lines and areas in degrees to cells, steps, roads and crossings. `build.theatre()` makes it."""
