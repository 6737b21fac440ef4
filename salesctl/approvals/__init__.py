"""Requests, and who decides them (A-4 to A-6)."""
