"""Debts the board gives up, and the revenue they take back (A-8.3, A-8.4)."""
