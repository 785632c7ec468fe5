"""One module or folder for each outside thing."""
