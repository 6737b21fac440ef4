"""What customers are told: statements of account and reminders (A-8)."""
