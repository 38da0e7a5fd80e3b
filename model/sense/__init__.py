"""Sense: does a scenario agree with its map, with its rulebook and with itself?"""
