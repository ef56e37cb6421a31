"""The migrations of decision's tables."""
