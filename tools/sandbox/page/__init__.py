"""The phone page and what it asks the sandbox for."""
