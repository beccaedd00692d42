"""How others read appraisals: what stands, who sits, what their sheets come to."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts import roles
from registry.appraisals.models import Appraisal, Assessor, Council, Declaration, Minutes, Sheet
from registry.appraisals.rules import Outcome, outcome
from registry.parties.models import Membership


@dataclass(frozen=True, slots=True)
class Member:
    """An assessor with what they said last. `counts`: their sheet is counted; `why_not` says why it is not."""

    assessor: Assessor
    declaration: Declaration | None
    sheet: Sheet | None

    @property
    def has_conflict(self) -> bool:
        return self.declaration is not None and self.declaration.has_conflict

    @property
    def counts(self) -> bool:
        return self.sheet is not None and not self.why_not

    @property
    def why_not(self) -> str:
        if self.assessor.until:
            return "đã được thay"
        if self.has_conflict:
            return "có xung đột lợi ích, cần thay người"
        if self.declaration is None:
            return "chưa khai xung đột lợi ích"
        return "" if self.assessor.votes else "không bỏ phiếu"


@dataclass(frozen=True, slots=True)
class Standing:
    """An appraisal as it stands. `outcome` is None where nobody votes (own appraisal, experts) or no council was set up yet."""

    appraisal: Appraisal
    council: Council | None
    members: tuple[Member, ...]
    every_minutes: tuple[Minutes, ...]
    outcome: Outcome | None

    @property
    def minutes(self) -> Minutes | None:
        """The last."""
        return self.every_minutes[-1] if self.every_minutes else None

    @property
    def sitting(self) -> list[Member]:
        return [one for one in self.members if one.assessor.until is None]

    @property
    def counted(self) -> list[Member]:
        return [one for one in self.members if one.counts]

    @property
    def votes_for(self) -> int:
        return sum(one.sheet.is_for for one in self.counted if one.sheet)

    @property
    def votes_against(self) -> int:
        return len(self.counted) - self.votes_for

    @property
    def conflicts(self) -> list[Member]:
        """Those who must be replaced."""
        return [one for one in self.sitting if one.has_conflict]


def of_dossier(dossier: Any) -> Appraisal | None:
    """The one that holds, open or concluded."""
    rows = Appraisal.objects.filter(dossier=dossier).exclude(state="replaced")
    return rows.select_related("party", "dossier").first()


def earlier_of_dossier(dossier: Any) -> list[Appraisal]:
    """Those whose way was given up, newest first."""
    return list(Appraisal.objects.filter(dossier=dossier, state="replaced"))


def of_certificate(certificate: Any) -> list[Appraisal]:
    """Every council of advice on it, newest first."""
    return list(Appraisal.objects.filter(certificate=certificate).select_related("party", "certificate"))


def readable_by(user: Any) -> QuerySet[Appraisal]:
    """Names and sheets are for those who handle dossiers, and for none who belongs to the enterprise."""
    rows = Appraisal.objects.select_related("party", "dossier__party", "certificate__party")
    if not getattr(user, "is_authenticated", False) or not roles.roles_of(user) & {roles.CASE_OFFICER, roles.LEADER}:
        return rows.none()
    own = Membership.objects.filter(party=OuterRef("party"), user=user, until=None)
    return rows.filter(~Exists(own))


def may_read_file(file: Any, user: Any) -> bool:
    """For `registry.core.files.register_holder("appraisal", …)`."""
    return readable_by(user).filter(pk=file.holder_id).exists()


def council_of(appraisal: Appraisal) -> Council | None:
    """By the latest decision."""
    rows = Council.objects.filter(appraisal=appraisal).select_related("decision__authority", "file")
    return rows.order_by("-id").first()


def standing(appraisal: Appraisal) -> Standing:
    """With a fixed number of questions, however many sit."""
    people = list(Assessor.objects.filter(appraisal=appraisal).order_by("id"))
    here = Q(assessor__in=people)
    said = {one.assessor_id: one for one in Declaration.objects.filter(here).select_related("file").order_by("id")}
    sheets = {one.assessor_id: one for one in Sheet.objects.filter(here).select_related("file").order_by("number")}
    members = tuple(Member(one, said.get(one.pk), sheets.get(one.pk)) for one in people)
    council = council_of(appraisal) if appraisal.is_council else None
    minutes = tuple(Minutes.objects.filter(appraisal=appraisal).select_related("file").order_by("id"))
    votes = [one.sheet.is_for for one in members if one.counts and one.sheet]
    found = outcome(council.rule, votes, max(council.size - len(votes), 0)) if council else None
    return Standing(appraisal, council, members, minutes, found)


def member_of(appraisal: Appraisal, pk: int) -> Member | None:
    return next((one for one in standing(appraisal).members if one.assessor.pk == pk), None)
