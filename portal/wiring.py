"""Who listens to which event, and what a room lends to another: the one place where the rooms of the house are joined."""


def connect() -> None:
    """Called once when the apps are ready."""
