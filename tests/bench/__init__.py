"""Side-by-side ratios of one run; the machine's speed cancels out. Never a timed assertion."""
