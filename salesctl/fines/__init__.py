"""What may be deducted, beside what a regulation asks (L-1 to L-4, L-15)."""
