"""The engine of Ulam: it samples, infers and measures, and knows nothing of any page."""

__version__ = "0.1.0"
