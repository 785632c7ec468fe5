"""A page to talk as anybody of the demo office, and what starts it with the service."""
