"""What the stand-ins of all platforms share."""
