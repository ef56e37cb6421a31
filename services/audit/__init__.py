"""Audit: keeps every event of every service, tells a case's story, and shows that nothing was changed."""
