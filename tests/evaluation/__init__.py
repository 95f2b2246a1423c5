"""Measures how well the bot understands: `python -m tests.evaluation`."""
