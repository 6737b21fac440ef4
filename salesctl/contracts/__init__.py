"""Contracts: number, customer, owner, price, day."""
