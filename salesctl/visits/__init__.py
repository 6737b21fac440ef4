"""The outing register and absence incidents (A-1)."""
