"""Words to commands, by rules alone."""

from flows.reading.types import ReadContext, Reading

__all__ = ["ReadContext", "Reading"]
