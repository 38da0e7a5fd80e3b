"""Ways over the ground: flow fields to every goal that somebody marches to, open country, refuge."""
