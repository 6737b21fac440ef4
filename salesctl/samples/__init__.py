"""Samples placed at customers, and what they sell for (E-4a, E-19)."""
