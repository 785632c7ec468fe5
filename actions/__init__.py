"""Rasa's custom actions: slots in, a desk called, words out."""
