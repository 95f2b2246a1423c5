"""Webhooks and health: verify, record, answer."""
