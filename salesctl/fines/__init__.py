"""How a proposed fine goes on, and what may be deducted beside what a regulation asks (K-10, L-1 to L-4, L-15)."""
