"""The people and records that the access matrix asks about.

A room that has addresses with a reference in them adds a builder to BUILDERS: it gets the people by name and returns
the words that its rows use in braces, e.g. {"draft_of_a": "KN-2026-00001"} for `/tai-khoan/khoi-nghiep/{draft_of_a}/`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command

from accounts import roles
from accounts.models import User
from notifications.catalogue import CATALOGUE
from notifications.models import InboxItem
from notifications.preferences import stop_path
from registry.certificates import selectors
from registry.core import clock
from registry.duties.services import save_figures
from registry.goals.services import keep
from registry.parties import services
from registry.parties.models import Membership, Party
from registry.startups.confirming import token_for
from registry.startups.models import Startup
from tests.accounts.factories import UserFactory
from tests.appraisals.factories import link, of_application, seat
from tests.certificates.changes import change, held
from tests.certificates.factories import certificate
from tests.dossiers.factories import dossier
from tests.parties.factories import party
from tests.reports.factories import report_of
from tests.st_enterprises.applications import application
from tests.startups.factories import decided, drafted, sent

PERSONAS = ("anonymous", "founder", "founder2", "officer", "officer2", "leader", "editor", "admin")

ROLE_OF = {
    "officer": roles.CASE_OFFICER,
    "officer2": roles.CASE_OFFICER,
    "leader": roles.LEADER,
    "editor": roles.EDITOR,
    "admin": roles.ADMINISTRATOR,
}

People = dict[str, User]
Words = dict[str, str]


@dataclass(frozen=True)
class World:
    people: People
    words: Words


def ids(people: People) -> Words:
    return {f"id_of_{name}": str(user.pk) for name, user in people.items()}


def messages(people: People) -> Words:
    item = InboxItem.objects.create(
        user=people["founder"], code="x", key="x", language="vi", title="Tin", created_at=clock.now()
    )
    stop = stop_path(CATALOGUE["join_requested"], people["founder"].pk, "vi")
    return {"item_of_founder": str(item.pk), "stop_token": stop.split("/")[2]}


def organisations(people: People) -> Words:
    """A belongs to `founder`, and `officer` writes for it; B belongs to `founder2`. Somebody waits at the door of each."""
    words: Words = {}
    for letter, owner in (("a", "founder"), ("b", "founder2")):
        made = party(f"Công ty {letter.upper()}", owner=people[owner])
        invitation = services.invite(made, email=f"moi-{letter}@example.vn", role="viewer", actor=people[owner])
        words |= {
            letter: made.public_id,
            f"invitation_of_{letter}": str(invitation.pk),
            f"token_of_{letter}": invitation.token,
            f"request_of_{letter}": str(services.ask_to_join(made, actor=UserFactory()).pk),
            f"owner_of_{letter}": str(made.memberships.get(role="owner").pk),
        }
    a = Party.objects.get(public_id=words["a"])
    Membership.objects.create(party=a, user=people["officer"], role="editor", since=clock.today())
    return words


def proposals(people: People) -> Words:
    """For the startup of A: a draft and one that waits, by its owner; one that was decided."""
    startup = Startup.objects.get(party__name="Công ty A")
    done = decided(sent(startup, people["founder"], stage="growth"), people["officer2"])
    waits = sent(startup, people["founder"], pitch_vi="Một câu khác.")
    draft = drafted(startup, people["founder"], website="https://khac.example")
    return {
        "decided_of_a": done.reference,
        "proposal_of_a": waits.reference,
        "draft_proposal_of_a": draft.reference,
    }


def dossiers(people: People) -> Words:
    """Of A: a draft, one on the desk, one published; of B: one on the desk, one sent twice, one taken down. And a report."""
    a, b = (Party.objects.get(name=name) for name in ("Công ty A", "Công ty B"))
    desk = people["officer2"]
    published = dossier(organisation=a, published=True, officer=desk, papers=1)
    gone = dossier(organisation=b, taken_down=True, officer=desk)
    startup, former = Startup.objects.get(dossier=published), Startup.objects.get(dossier=gone)
    report = report_of(startup)
    return {
        "draft_of_a": dossier(organisation=a).reference,
        "sent_by_a": dossier(organisation=a, submitted=True).reference,
        "sent_by_b": dossier(organisation=b, submitted=True).reference,
        "supplemented_by_b": dossier(organisation=b, supplemented=True, officer=desk).reference,
        "published_of_a": published.reference,
        "file_of_a": published.files.get().file.public_id,
        "startup": f"{startup.profiles.get().slug}-{startup.public_id}",
        "startup_id": startup.public_id,
        "startup_pk": str(startup.pk),
        "report": str(report.pk),
        "confirm_token": token_for(startup.confirmations.get(), people["founder"].pk),
        "gone": f"{former.profiles.get().slug}-{former.public_id}",
        "gone_id": former.public_id,
    }


def certificates(people: People) -> Words:
    """One that holds, of a party that no persona belongs to."""
    found = certificate(actor=people["officer2"])
    return {
        "certificate": selectors.url_of(selectors.version_of(found), "vi").split("/")[-2],
        "certificate_id": found.public_id,
    }


def duties(people: People) -> Words:
    """A certificate of A with its report of 2026 saved, and the notice to the Ministry that the grant brought."""
    found = certificate(actor=people["officer2"], holder=Party.objects.get(name="Công ty A"), name_vi="Công ty A")
    save_figures(found, 2026, {"workers": 12}, actor=people["founder"], seen=0)
    return {
        "certificate_of_a": found.public_id,
        "grant_of_a": str(found.versions.get().decision.position),
    }


def certifications(people: People) -> Words:
    """Applications for the certificate of an S&T enterprise: a draft of A, one filed by each."""
    a, b = (Party.objects.get(name=name) for name in ("Công ty A", "Công ty B"))
    return {
        "application_of_a": application(organisation=a).reference,
        "filed_by_a": application(organisation=a, filed=True).reference,
        "filed_by_b": application(organisation=b, filed=True).reference,
    }


def appraisals(people: People) -> Words:
    """Of an application of B by experts, one of them with a link; and of one of A, to which a persona of the desk belongs."""
    a, b = (Party.objects.get(name=name) for name in ("Công ty A", "Công ty B"))
    desk = people["officer2"]
    of_a, of_b = (of_application(desk, "experts", organisation=one) for one in (a, b))
    expert = seat(of_b, desk)
    url, _holder = link(of_b, expert, desk)
    return {
        "appraisal_of_a": of_a.public_id,
        "appraisal_of_b": of_b.public_id,
        "expert_of_b": str(expert.pk),
        "sheet_token": url.split("/")[-2],
    }


def certificate_changes(people: People) -> Words:
    """Certificates of A and B: a draft of A's first, A's second was sent, and so was B's."""
    a, b = (Party.objects.get(name=name) for name in ("Công ty A", "Công ty B"))
    return {
        "change_of_a": change(held(a)).reference,
        "change_sent_by_a": change(held(a), filed=True).reference,
        "change_sent_by_b": change(held(b), filed=True).reference,
    }


def goals(people: People) -> Words:
    """What A and B keep of their self-assessment."""
    words: Words = {}
    for letter, owner in (("a", "founder"), ("b", "founder2")):
        made = Party.objects.get(name=f"Công ty {letter.upper()}")
        words[f"goal_of_{letter}"] = keep(made, {}, actor=people[owner], expected_version=0).public_id
    return words


BUILDERS: list[Callable[[People], Words]] = [
    ids,
    messages,
    organisations,
    dossiers,
    proposals,
    certifications,
    certificates,
    appraisals,
    certificate_changes,
    duties,
    goals,
]


def build() -> World:
    call_command("sync_roles", verbosity=0)
    people = {
        name: UserFactory(email=f"{name}@example.vn", full_name=name, role=ROLE_OF.get(name, ""))
        for name in PERSONAS
        if name != "anonymous"
    }
    words: Words = {}
    for make in BUILDERS:
        words |= make(people)
    return World(people, words)
