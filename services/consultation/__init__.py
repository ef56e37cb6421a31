"""Consultation: asks the parties what disclosure would do, chases them, and lists who was consulted."""
