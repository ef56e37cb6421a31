"""Intake, the front desk: takes requests in, keeps the clock, and sends the replies out. It alone knows who asked."""
