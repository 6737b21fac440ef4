"""The shared, pure policy core: dated, cited figures and explained outcomes."""
