"""Programs for developers, operators and the demo."""
