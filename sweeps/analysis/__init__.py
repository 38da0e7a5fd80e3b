"""What a table of runs says: intervals, survival, sensitivity, discovery, precision, decisions. Functions of arrays."""
