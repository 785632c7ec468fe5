"""Guiju: the chat assistant that knows an office's own work rules."""
