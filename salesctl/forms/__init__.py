"""Forms as they are printed and signed."""
