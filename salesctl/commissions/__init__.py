"""Commission paid to the customer's side, and what a shortfall costs (A-6)."""
