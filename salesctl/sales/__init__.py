"""Sales figures from contracts and receipts, with bad debts taken off (A-8.4)."""
