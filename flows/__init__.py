"""The conversation itself, as pure functions: no I/O, no clock, no randomness."""
