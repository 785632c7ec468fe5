"""Decision tables as data, their loader and their checker."""
