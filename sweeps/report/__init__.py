"""The report of a sweep: one page that can be sent to somebody, and the tables behind it."""
