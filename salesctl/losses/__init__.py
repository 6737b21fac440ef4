"""Losses found in a handover, and who bears them (E-15, E-17, E-19, E-20)."""
