"""One file per effect, of the same name; the sweeper; the schedule."""
