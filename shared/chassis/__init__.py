"""Plumbing for event-passing services. It knows nothing of what the services are about.

The test for a thing that wants to live here: would a service about parking fines want it too?
"""
