"""Receivables, receipts, their allocation, and ageing (A-8)."""
