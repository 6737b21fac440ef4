"""Visits and viewings a week (D-1, D-4)."""
