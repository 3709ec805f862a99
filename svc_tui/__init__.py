"""The service desk of a repair shop, in a terminal."""

__version__ = "0.1.0"
