"""The page to talk on, and the service behind it, for the stand-ins of all platforms."""
