"""Repair patterns: each file answers one way in which people leave the straight path."""
