"""What the channels of all platforms share."""
