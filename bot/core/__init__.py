"""The domain: what the rules allow. Standard library only."""
