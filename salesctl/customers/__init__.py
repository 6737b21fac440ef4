"""Customers: names, aliases, who serves them from when, monthly volume."""
