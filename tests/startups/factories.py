"""Many startups at once, for budgets and figures: copies of one that went through the door, written in bulk."""

from datetime import timedelta
from typing import Any

from registry.core.permalinks import new_public_id
from registry.dossiers.models import Dossier
from registry.startups import selectors
from registry.startups.models import ChangeProposal, Confirmation, Profile, ProfileField, Startup
from registry.startups.proposals import services
from registry.startups.proposals.parts import parts, standing
from registry.startups.proposals.selectors import saw

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


def owner_of(startup: Startup) -> Any:
    return startup.party.memberships.filter(role="owner", until=None).order_by("id")[0].user


def drafted(startup: Startup, actor: Any = None, **changes: Any) -> ChangeProposal:
    """A draft that proposes these values (as stored answers), written through the forms as a person does."""
    actor = actor or owner_of(startup)
    proposal = services.begin(startup, actor=actor)
    return write(proposal, actor, **changes)


def write(proposal: ChangeProposal, actor: Any, **changes: Any) -> ChangeProposal:
    answers = standing(proposal.startup) | {row.name: row.proposed for row in proposal.fields.all()} | changes
    for part in parts():
        if part.names & set(changes):
            form = part.form({name: answers.get(name) for name in part.names})
            assert form.is_valid(), form.errors
            proposal = services.write(proposal, form, actor=actor, seen=proposal.edits)
    return proposal


def sent(startup: Startup, actor: Any = None, *, reason: str = "", **changes: Any) -> ChangeProposal:
    """A proposal that waits for the department."""
    actor = actor or owner_of(startup)
    return send(drafted(startup, actor, **changes), actor, reason=reason)


def send(proposal: ChangeProposal, actor: Any, *, reason: str = "") -> ChangeProposal:
    return services.send(
        proposal,
        actor=actor,
        reason=reason,
        saw=saw(proposal),
        seen=proposal.edits,
        version=proposal.version,
    )


def decided(
    proposal: ChangeProposal, officer: Any, *, refused: Any = (), confirmed: Any = (), **stated: Any
) -> ChangeProposal:
    """Decided by `officer`: the fields of `refused` (with their reasons) are not accepted."""
    return services.decide(
        proposal,
        actor=officer,
        refused=dict(refused),
        confirmed=dict(confirmed),
        stated=stated,
        version=proposal.version,
    )
