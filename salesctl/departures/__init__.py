"""Leaving the company: notice, formalities, pay (E-8, E-18)."""
