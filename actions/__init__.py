"""Rasa custom actions: slots in, service call, answer out."""
