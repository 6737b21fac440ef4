"""Finding new customers: targets, information, appointments, scripts (B-5 to B-9)."""
