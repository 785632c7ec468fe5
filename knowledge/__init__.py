"""Rule documents: how they are read, searched and answered from."""
