"""The migrations of the tables that every service's database has."""
