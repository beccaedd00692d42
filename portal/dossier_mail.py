"""Whom a dossier's acts and clocks concern, and what they are told: the join of dossiers, startups and messages."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language

from accounts import roles
from accounts.models import User
from notifications.selectors import addresses_told
from notifications.services import Recipient, notify
from registry.core import clock
from registry.core.deadlines import Limit
from registry.core.lifecycle import Moved
from registry.core.selectors import office_due
from registry.dossiers import showing
from registry.dossiers.helped.people import help_of
from registry.dossiers.limits import limit_in_force
from registry.dossiers.models import Dossier
from registry.dossiers.selectors import awaiting_answer
from registry.parties.models import Membership
from registry.startups.deciding import StartupsListed

SOON: Final = Limit(1, "wd")
DUE_SOON: Final = "dossier_due_soon"
OVERDUE: Final = "dossier_overdue"


def told(user: User) -> Recipient:
    return Recipient(user.email, user.pk, user.language, user.full_name)


def applicants(record: Any) -> list[Recipient]:
    """Everybody who acts for the record's party today; of a dossier also who helps a founder without an account, to pass the news on."""
    members = User.objects.filter(memberships__party=record.party, memberships__until=None, is_active=True)
    return [told(user) for user in members.order_by("pk")] + (helpers(record) if isinstance(record, Dossier) else [])


def helpers(dossier: Dossier) -> list[Recipient]:
    found = help_of(dossier)
    if found is None or found.until is not None or not found.helper.is_active:
        return []
    return [told(found.helper)]


def officers(dossier: Dossier, *wanted: str) -> list[Recipient]:
    """Whoever has the dossier in hand; while nobody has, everybody of the wanted roles who may handle it."""
    if dossier.assigned_to_id:
        return [told(User.objects.get(pk=dossier.assigned_to_id))]
    return everybody(dossier, *wanted)


def everybody(record: Any, *wanted: str) -> list[Recipient]:
    """People of these roles, without the applicant's own and without who filled it in: they may not handle it."""
    own = Membership.objects.filter(party=record.party, until=None).values("user")
    people = User.objects.filter(groups__name__in=wanted, is_active=True).exclude(pk__in=own)
    people = people.exclude(pk__in=record.helper_ids)
    return [told(user) for user in people.distinct().order_by("pk")]


def page_of_applicant(dossier: Dossier) -> Any:
    """The dossier's page in the account, in the language of who reads the message."""
    return written(lambda: showing.url(dossier))


def public_page(dossier: Dossier) -> Any:
    return written(lambda: dossier.kind.public_url(dossier, get_language() or "vi"))


def written(write: Callable[[], str]) -> Any:
    """Text that is made when somebody reads it, in the language that is on then."""
    return lazy(write, str)()


def desk_page(dossier: Dossier) -> str:
    return reverse("desk_dossier", args=[dossier.reference])


def about(dossier: Dossier, url: Any) -> dict[str, Any]:
    return {"reference": dossier.reference, "title": dossier.title or dossier.reference, "url": url}


def tell(moved: Moved) -> None:
    """Write the messages that an act on a dossier asks for, in its transaction. One occasion is one version."""
    dossier = moved.record
    if isinstance(dossier, Dossier):
        tells = {**ACTS, **ACTS_OF.get(dossier.procedure, {})}.get(moved.action)
        if tells is not None:
            tells(dossier, f"{dossier.reference}/{moved.event.version}", moved)


def submitted(dossier: Dossier, key: str, moved: Moved) -> None:
    notify(
        "dossier_submitted",
        applicants(dossier),
        key,
        about(dossier, page_of_applicant(dossier)) | {"due": dossier.due_at},
    )
    notify(
        "dossier_arrived",
        officers(dossier, roles.CASE_OFFICER),
        key,
        about(dossier, desk_page(dossier)) | {"due": dossier.due_at, "applicant": dossier.party.name},
    )


def supplement_requested(dossier: Dossier, key: str, moved: Moved) -> None:
    limit = limit_in_force(dossier.procedure, dossier.kind.limit(dossier.state).step, moved.event.at)
    analogy = written(lambda: limit.analogy)
    asked = {
        "count": len(moved.event.data["targets"]),
        "amount": limit.amount,
        "unit": limit.unit,
        "analogy": analogy if limit.by_analogy else "",
    }
    notify("supplement_requested", applicants(dossier), key, about(dossier, page_of_applicant(dossier)) | asked)


def resubmitted(dossier: Dossier, key: str, moved: Moved) -> None:
    context = about(dossier, desk_page(dossier)) | {"due": dossier.due_at}
    notify("supplement_received", officers(dossier, roles.CASE_OFFICER), key, context)


def published(dossier: Dossier, key: str, moved: Moved) -> None:
    facts = {"public_url": public_page(dossier), "published_on": moved.event.at}
    notify("startup_published", applicants(dossier), key, about(dossier, page_of_applicant(dossier)) | facts)


def listed(event: StartupsListed) -> None:
    """A list of the department was entered: those startups are told of whose owners somebody acts here."""
    parties = {startup.party_id for startup in event.startups}
    acted_for = set(Membership.objects.filter(party__in=parties, until=None).values_list("party_id", flat=True))
    for startup in event.startups:
        if startup.party_id in acted_for:
            dossier = startup.dossier
            facts = {"public_url": public_page(dossier), "published_on": clock.now()}
            key = f"{dossier.reference}/list/{clock.today():%Y-%m-%d}"
            notify("startup_published", applicants(dossier), key, about(dossier, page_of_applicant(dossier)) | facts)


def decided(code: str) -> Callable[[Dossier, str, Moved], None]:
    """Tells the applicant by the message `code` that a decision was taken, and on which day."""

    def told_of(dossier: Dossier, key: str, moved: Moved) -> None:
        context = about(dossier, page_of_applicant(dossier)) | {"decided_on": moved.event.at}
        notify(code, applicants(dossier), key, context)

    return told_of


def found_valid(code: str) -> Callable[[Dossier, str, Moved], None]:
    """Tells the applicant by the message `code` that the dossier is complete and valid, and until when it is decided."""

    def told_of(dossier: Dossier, key: str, moved: Moved) -> None:
        context = about(dossier, page_of_applicant(dossier)) | {"due": dossier.due_at}
        notify(code, applicants(dossier), key, context)

    return told_of


def sent_back(dossier: Dossier, key: str, moved: Moved) -> None:
    """The founder found something wrong: what, stands on the dossier's page and not in a letter."""
    notify("helped_sent_back", helpers(dossier), key, about(dossier, page_of_applicant(dossier)))


ACTS: Final = {
    "send_back": sent_back,
    "submit": submitted,
    "request_supplement": supplement_requested,
    "resubmit": resubmitted,
}
"""What every procedure tells."""

ACTS_OF: Final = {
    "startup_registration": {
        "publish": published,
        "refuse": decided("startup_refused"),
        "take_down": decided("startup_unlisted"),
    },
    "st_certification": {
        "declare_valid": found_valid("certification_valid"),
        "grant": decided("certification_granted"),
        "refuse": decided("certification_refused"),
    },
    "st_change": {
        "declare_valid": found_valid("certificate_change_valid"),
        "change": decided("certificate_changed"),
        "reissue": decided("certificate_reissued"),
        "refuse_change": decided("certificate_change_refused"),
    },
}
"""What each procedure tells of its own acts."""


def remind(now: datetime) -> dict[str, int]:
    """Tell who has a dossier in hand that its time runs out, and once more when it has run out.

    Each person once for each due date, however often the job runs. Returns how many dossiers somebody was told of.
    """
    counts = {DUE_SOON: 0, OVERDUE: 0}
    for dossier in awaiting_answer(office_due(now, SOON).at):
        assert dossier.due_at is not None
        code = OVERDUE if dossier.due_at < now else DUE_SOON
        key = f"{dossier.reference}/{clock.local(dossier.due_at):%Y-%m-%d}"
        fresh = not_yet_told(code, key, reminded(dossier, code))
        if fresh:
            notify(code, fresh, key, about(dossier, desk_page(dossier)) | {"due": dossier.due_at})
            counts[code] += 1
    return counts


def reminded(dossier: Dossier, code: str) -> list[Recipient]:
    """An overdue dossier is the leaders' business too."""
    people = officers(dossier, roles.CASE_OFFICER)
    if code == OVERDUE:
        people += [leader for leader in everybody(dossier, roles.LEADER) if leader not in people]
    return people


def not_yet_told(code: str, key: str, people: list[Recipient]) -> list[Recipient]:
    before = addresses_told(code, key)
    return [person for person in people if person.email.lower() not in before]
