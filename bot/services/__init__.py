"""Use cases, one module a subject; they see the world through ports only."""
