"""Validation: do the patterns of the past come out of the laws? Each is run over seeds and judged clause by clause."""
