"""Expense accounts, their window and their forms (A-9, A-10.3, A-10.4)."""
