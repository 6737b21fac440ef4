"""What is due or overdue: asks every noun."""
