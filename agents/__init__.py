"""Mesa agents: faces of units and places, and the commanders who decide."""
