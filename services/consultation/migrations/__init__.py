"""The migrations of consultation's own tables."""
