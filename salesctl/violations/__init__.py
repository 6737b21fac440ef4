"""Failures to follow a workflow, notices and disputes (C-5, C-9, C-10)."""
