"""Keeping and bringing back all that the portal holds: one archive, of which every part is checked (docs/backup.md)."""
