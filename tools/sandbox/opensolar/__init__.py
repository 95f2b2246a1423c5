"""A simulated OpenSolar organisation: the documented API, its errors and its webhooks."""
