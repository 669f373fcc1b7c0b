"""calmtray's own sounds, made from nothing but arithmetic: ``python3 dev.py sounds``."""
