"""The migrations of publishing's tables."""
