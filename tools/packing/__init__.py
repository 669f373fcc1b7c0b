"""Builds what people install."""
