"""Talking to the service on the stand-in for WeCom."""
