"""The services of Candour: each owns its data and speaks to the others only in events."""

SERVICES = ("intake", "consultation", "decision", "publishing", "audit")
