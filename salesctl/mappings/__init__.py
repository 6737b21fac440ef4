"""How other programs' files name their columns, saved by name."""
