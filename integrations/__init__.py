"""One deletable folder per vendor."""
