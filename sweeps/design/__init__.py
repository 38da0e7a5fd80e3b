"""Design: from a sweep file to the points and runs that are to be played."""
