"""Simulated vendors with a phone-like page, for tests, benchmarks and the demo."""
