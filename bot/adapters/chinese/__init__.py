"""Readers of Chinese sentences and the Chinese calendar."""
