"""The shell around the engine, and the public edge."""
