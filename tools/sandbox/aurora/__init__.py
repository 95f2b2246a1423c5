"""A simulated Aurora Solar tenant: the documented API, its errors and its webhooks."""
