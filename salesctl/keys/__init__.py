"""Personal keys: made on one's own machine, registered, approved by a second person, revoked."""
