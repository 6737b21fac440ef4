"""Runs a sales department's written regulations from a ledger, and cites the clause."""

__version__ = "0.1.0"
