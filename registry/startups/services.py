"""The only way to change the register outside a dossier's lifecycle: what is featured."""

from registry.startups.models import Startup


def feature(startup: Startup, featured: bool) -> None:
    """Show the startup among the featured ones, or no longer."""
    Startup.objects.filter(pk=startup.pk).update(featured=featured)
