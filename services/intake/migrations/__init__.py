"""The migrations of intake's own tables."""
