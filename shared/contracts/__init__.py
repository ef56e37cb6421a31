"""The published language: every fact that crosses a service's boundary, and nothing else.

One module of events for each service that produces them. The shapes hold no behaviour and decide nothing. A type
that has been published is never changed, except by adding optional fields; anything else is a new version beside it.
"""

TOPIC = "foi.case.events.v1"
"""The one topic: every event of every case, whoever produced it, keyed by case id."""
