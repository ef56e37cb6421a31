"""The migrations of audit's tables."""
