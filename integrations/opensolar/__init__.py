"""OpenSolar: the web process imports `webhook`, jobs import `client`. See docs/opensolar.md."""
