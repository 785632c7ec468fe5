"""Lexical and dense search over clauses, and their fusion."""
