"""Quiet pictures, computed."""
