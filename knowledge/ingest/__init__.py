"""Bytes to text to structure to edition."""
