"""Measures answers on a question set, beside simpler ways of searching in the same run."""
