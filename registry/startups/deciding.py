"""What publishing, refusing and taking down a startup do. Called by the engine alone, inside its transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings

from registry.core import clock, events
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.grounds import Ground, ground_on
from registry.core.lifecycle import Data
from registry.core.models import AdministrativeUnit, Authority, Industry
from registry.core.models.history import Decision
from registry.core.permalinks import permalink
from registry.core.selectors import ward
from registry.core.text import fold
from registry.dossiers import snapshot
from registry.dossiers.deciding import DecisionForm, reason_read_by, require_stated
from registry.dossiers.models import Dossier, Submission
from registry.dossiers.submitting import close
from registry.parties.profiles import FactDraft, PartyProfile, record_facts, take_over
from registry.startups.artwork import publish_artwork, publish_logo
from registry.startups.models import Profile, ProfileField, Startup

LAW_FROM = date(2025, 10, 14)
GROUNDS = (
    Ground("nd268:66.4", effective_from=LAW_FROM),  # the province keeps its ecosystem public on its portal
    Ground("Danh bạ do Sở tự lập; khi đó chưa văn bản nào quy định", effective_to=LAW_FROM),
)


@dataclass(frozen=True, slots=True)
class StartupListed:
    """A profile of `startup` holds from now on. `confirms`: somebody looked at the whole of it, the yearly term begins anew."""

    startup: Startup
    confirms: bool = True


@dataclass(frozen=True, slots=True)
class StartupsListed:
    """Profiles of these startups hold from now on: a list was entered."""

    startups: tuple[Startup, ...]


@dataclass(frozen=True, slots=True)
class StartupUnlisted:
    startup: Startup


def ground() -> str:
    """What listing, refusing to list and taking down rest on today."""
    return ground_on(GROUNDS, clock.today())


class PublishForm(DecisionForm):
    consequence = (
        "Trang của dự án hiện ngay trong danh bạ và trong tìm kiếm, với những mục người nộp đồng ý công khai. "
        "Người nộp nhận thư báo."
    )

    verified = forms.BooleanField(label="Đã đối chiếu số liệu với giấy tờ kèm theo", required=False)


class RefuseForm(DecisionForm):
    consequence = "Hồ sơ đóng lại và dự án không vào danh bạ. Người nộp nhận thư, đọc lý do và có thể lập hồ sơ mới."

    field_order = ["note"]
    note = reason_read_by("người nộp", "Dự án chưa có sản phẩm hay dịch vụ.")


class TakeDownForm(RefuseForm):
    consequence = (
        "Trang của dự án rời danh bạ ngay; địa chỉ của nó báo đã gỡ, cơ quan nào và ngày nào. Người nộp nhận thư báo."
    )


def stands(record: Any, data: Data) -> None:
    """Guard: what the decision states is in order."""
    require_stated(PublishForm(dict(data)))


def decision_draft(kind: str, data: Data, reason: str = "") -> tuple[DecisionDraft, bool]:
    """What the person who decides stated, and whether they checked the figures against papers."""
    form = PublishForm(dict(data))
    form.is_valid()
    stated = form.cleaned_data
    draft = DecisionDraft(
        kind=kind,
        ground=ground(),
        authority=Authority.objects.get(code=settings.LISTING_AUTHORITY),
        signed_on=stated["signed_on"],
        effective_on=clock.today(),
        number=stated["number"],
        delegation=stated["delegation"],
        signatory=stated["signatory"],
        reason=reason,
        public_from=clock.today() if kind in ("publish", "change") else None,
    )
    return draft, bool(stated["verified"])


def publish(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Decide, enter the startup in the register, take over what the dossier says of its party, list it."""
    submission, answers = snapshot.last(dossier)
    draft, verified = decision_draft("publish", data)
    startup, _created = Startup.objects.get_or_create(
        dossier=dossier, defaults={"party": dossier.party, "listed_on": draft.effective_on}
    )
    decision = record_decision(
        draft,
        subject=dossier.subject,
        record=startup.record,
        content={
            "reference": dossier.reference,
            "submission": submission.number,
            "submission_sha256": submission.sha256,
            "public_id": startup.public_id,
            "name": answers["name_vi"],
        },
        actor=actor,
    )
    take_over(
        dossier.party, party_profile(answers, ward(answers["ward"]), industries_of(answers)), on=draft.effective_on
    )
    record_facts(dossier.party, facts(answers, "verified" if verified else "declared"), actor=dossier.created_by)
    list_profile(startup, decision, submission, answers)
    close(dossier, actor, data)
    events.publish(StartupListed(startup))
    return {"decision": decision.position, "startup": startup.public_id}


def refuse(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Decide that the startup is not listed. The reason stands in the event's note, which the applicant reads."""
    draft, _verified = decision_draft("refuse", data)
    submission = dossier.submissions.order_by("number").last()
    content = {"reference": dossier.reference, "submission": submission.number, "submission_sha256": submission.sha256}
    decision = record_decision(draft, subject=dossier.subject, record="", content=content, actor=actor)
    close(dossier, actor, data)
    return {"decision": decision.position}


def take_down(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
    """Decide that the startup is no longer listed: its profile ends today, its address answers 410."""
    startup = Startup.objects.get(dossier=dossier)
    draft, _verified = decision_draft("take_down", data)
    content = {"reference": dossier.reference, "public_id": startup.public_id}
    decision = record_decision(draft, subject=dossier.subject, record=startup.record, content=content, actor=actor)
    startup.profiles.filter(effective_to=None).update(effective_to=draft.effective_on, ended_by=decision)
    events.publish(StartupUnlisted(startup))
    return {"decision": decision.position}


def hold(startup: Startup) -> None:
    """Wait for whoever changes this startup's page now: acts on its dossier, and whatever makes the next profile.

    Take it before reading what is published, and before any other lock: everybody waits for the dossier first.
    """
    Dossier.objects.select_for_update().get(pk=startup.dossier_id)


def list_profile(
    startup: Startup, decision: Decision, submission: Submission, answers: Mapping[str, Any], since: date | None = None
) -> Profile:
    """The profile that these answers make, in force from the decision's day or `since`. What is not consented to is left out."""
    begins = since or decision.effective_on
    startup.profiles.filter(effective_to=None).update(effective_to=begins, ended_by=decision)
    place = ward(answers["ward"])
    assert place is not None
    profile = new_profile(startup, decision, submission, answers, place)
    profile.effective_from = begins
    profile.logo = publish_logo(startup.public_id, submission)
    profile.save()
    ProfileField.objects.bulk_create(
        ProfileField(profile=profile, field=code) for code in answers["fields_of_technology"]
    )
    profile.industries.set(industries_of(answers))
    return profile


def new_profile(
    startup: Startup,
    decision: Decision,
    submission: Submission,
    answers: Mapping[str, Any],
    place: AdministrativeUnit,
) -> Profile:
    """The profile as a row that is not written yet, without its logo, fields and industries; its pictures are drawn."""
    link = permalink(answers["short_name"] or answers["name_vi"], startup.public_id)
    shown = {name.removeprefix("show_") for name, value in answers.items() if name.startswith("show_") and value}
    cover, strip = publish_artwork(link.slug, answers["fields_of_technology"][0])
    return Profile(
        startup=startup,
        effective_from=decision.effective_on,
        recorded_at=clock.now(),
        decision=decision,
        submission=submission,
        slug=link.slug,
        **{name: answers[name] or "" for name in PLAIN},
        registered_on=answers["registered_on"] or None,
        sort_key=fold(answers["short_name"] or answers["name_vi"]),
        ward=place,
        year=startup.listed_on.year,
        cover=cover,
        strip=strip,
        products=answers["products"],
        email=answers["email"] if "email" in shown else "",
        phone=answers["phone"] if "phone" in shown else "",
        team=answers["team"] if "team" in shown else [],
        staff=latest_staff(answers) if "staff" in shown else None,
        capital=sum(Decimal(row["amount"]) for row in answers["capital"])
        if "capital" in shown and answers["capital"]
        else None,
        support=answers["support"] if "support" in shown else [],
    )


PLAIN = (
    "name_vi", "name_en", "short_name", "pitch_vi", "pitch_en", "address", "sector", "stage",
    "problem_vi", "problem_en", "solution_vi", "solution_en", "website",
)  # fmt: skip


def latest_staff(answers: Mapping[str, Any]) -> int | None:
    rows = sorted(answers["staff"] or [], key=lambda row: row["year"])
    return int(rows[-1]["people"]) if rows else None


def industries_of(answers: Mapping[str, Any]) -> list[Industry]:
    keys = [tuple(key.split(":")) for key in answers["industries"]]
    found = {(i.edition, i.code): i for i in Industry.objects.filter(code__in=[code for _edition, code in keys])}
    return [found[key] for key in keys if key in found]


def party_profile(
    answers: Mapping[str, Any], place: AdministrativeUnit | None, lines: Sequence[Industry]
) -> PartyProfile:
    """What the dossier says of the party itself. The project's names are the startup's, not the party's."""
    return PartyProfile(
        names={},
        ward=place,
        address=answers["address"],
        representative=answers["representative"],
        representative_title=answers["representative_title"],
        identity_number=answers["identity_number"],
        industries=tuple(lines),
        contacts=(
            ("email", answers["email"], bool(answers["show_email"])),
            ("phone", answers["phone"], bool(answers["show_phone"])),
        ),
    )


def facts(answers: Mapping[str, Any], source: str) -> list[FactDraft]:
    """Staff by year, capital by round, support received: each with its period and where it comes from."""
    staff = [
        FactDraft("staff", str(r["year"]), Decimal(r["people"]), "người", source=source) for r in answers["staff"] or []
    ]
    capital = [
        FactDraft("capital", str(r["year"]), Decimal(r["amount"]), "đồng", label=r["round"], source=source)
        for r in answers["capital"] or []
    ]
    support = [
        FactDraft("support", str(r["year"]), Decimal(r["amount"] or 0), "đồng", label=r["name"], source=source)
        for r in answers["support"] or []
    ]
    return [*staff, *capital, *support]
