"""Rasa components of ours. They run in Rasa's own environment and import nothing of the service."""
