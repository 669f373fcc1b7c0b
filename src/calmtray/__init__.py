"""calmtray: a minute for yourself between two client sessions."""

__version__ = "0.1.0"
