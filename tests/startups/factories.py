"""Many startups at once, for budgets and figures: copies of one that went through the door, written in bulk."""

from datetime import timedelta

from registry.core.permalinks import new_public_id
from registry.dossiers.models import Dossier
from registry.startups import selectors
from registry.startups.models import Confirmation, Profile, ProfileField, Startup

STAGES = ("idea", "trial", "customers", "growth")
SECTORS = ("agriculture", "industry_construction_transport", "services")
FIELDS = ("biotech", "ict", "environment", "energy_materials", "construction_transport", "space")


def copies(startup: Startup, number: int) -> list[Startup]:
    """`number` more startups like this one, spread over sectors, stages and fields."""
    original = selectors.last_profile(startup)
    assert original is not None
    dossiers = Dossier.objects.bulk_create(
        _copy(startup.dossier, reference=f"KN-X-{new_public_id()}") for n in range(number)
    )
    made = Startup.objects.bulk_create(
        Startup(public_id=new_public_id(), party=startup.party, dossier=one, listed_on=startup.listed_on)
        for one in dossiers
    )
    profiles = Profile.objects.bulk_create(
        _copy(
            original,
            startup=one,
            name_vi=f"{original.name_vi} {n}",
            stage=STAGES[n % len(STAGES)],
            sector=SECTORS[n % len(SECTORS)],
        )
        for n, one in enumerate(made)
    )
    ProfileField.objects.bulk_create(
        ProfileField(profile=profile, field=FIELDS[n % len(FIELDS)]) for n, profile in enumerate(profiles)
    )
    Confirmation.objects.bulk_create(
        _copy(startup.confirmations.get(until=None), startup=one, due_on=one.listed_on + timedelta(days=365))
        for one in made
    )
    return made


def _copy(row, **changes):
    values = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    copy = type(row)(**values)
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy
