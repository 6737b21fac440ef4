"""Receiving customers at the sales office (D-2, D-3, D-6)."""
