"""What the authority states when it decides under Decree 268/2025, and how its answer to a valid dossier is recorded."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from registry.core import clock
from registry.core.decisions import DecisionDraft, record_decision
from registry.core.grounds import Ground, ground_on
from registry.core.lifecycle import Data, Invalid
from registry.core.models import Authority
from registry.core.models.history import Decision
from registry.dossiers import snapshot
from registry.dossiers.deciding import DecisionForm, require_stated
from registry.dossiers.fields import text
from registry.dossiers.limits import limit_in_force, start_clock
from registry.dossiers.models import Dossier
from registry.st_enterprises.procedures.filing import LAW_FROM


def resting_on(says: str) -> Callable[[], str]:
    """What an act rests on today: this provision of the decree. LookupError before it was law."""
    return lambda: ground_on((Ground(says, effective_from=LAW_FROM),), clock.today())


class AnswerForm(DecisionForm):
    """A decision with its number, who signed it, which authority took it, and by which delegation where it is not the Committee.

    Who may decide: the People's Committee (Art. 48(1)) first, and the department it may authorise (Art. 66(2)).
    """

    field_order = ["number", "signed_on", "signatory", "authority", "delegation"]
    number = text("Số văn bản", 60, help_text="Lấy từ sổ văn bản của cơ quan quyết định.", error="Ghi số văn bản.")
    signatory = text("Người ký", 120, error="Ghi người ký.")
    authority = forms.ChoiceField(
        label="Cơ quan quyết định",
        error_messages={"required": "Chọn cơ quan quyết định.", "invalid_choice": "Chọn một cơ quan trong danh sách."},
    )
    delegation = text(
        "Ủy quyền theo", 200, required=False, help_text="Cần có khi cơ quan quyết định không phải Ủy ban nhân dân tỉnh."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Authority.objects.filter(kind__in=("peoples_committee", "department")).order_by("-kind", "name_vi")
        choices = [(row.code, row.name_vi) for row in rows]  # asked once, however often they are written
        self.fields["authority"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        authority = Authority.objects.filter(code=said.get("authority") or "").first()
        if authority and not said.get("delegation") and self.is_delegated(authority, said):
            said["delegation"] = authority.delegation
            if not authority.delegation:
                self.add_error("delegation", "Ghi văn bản ủy quyền của Ủy ban nhân dân tỉnh.")
        return said

    def is_delegated(self, authority: Authority, said: Mapping[str, Any]) -> bool:
        """Whether it decides only by a delegation of the People's Committee, which alone has the power itself (Art. 48(1))."""
        return authority.kind != Authority.Kind.PEOPLES_COMMITTEE


def valid_form(procedure: str) -> type[forms.Form]:
    """By what an officer finds a dossier valid, to be decided on within the limit that holds today."""

    class ValidForm(forms.Form):
        is_decision = False

        @property
        def consequence(self) -> str:
            limit = limit_in_force(procedure, "decision", clock.now())
            return (
                f"Hồ sơ được coi là đủ và hợp lệ từ hôm nay. Thời hạn {limit.amount} {limit.get_unit_display()} bắt đầu và "
                "không dừng; sau đó không yêu cầu bổ sung được nữa. Người nộp nhận thư báo."
            )

    return ValidForm


def find_valid(dossier: Dossier, actor: Any, data: Data) -> None:
    """The dossier is complete and valid: the time for the decision begins today, and nothing stops it.

    "Kể từ ngày nhận được hồ sơ hợp lệ" is read as the day on which it was found valid.
    """
    start_clock(dossier, clock.now())


def stated_in(form: type[AnswerForm], dossier: Dossier, data: Data) -> dict[str, Any]:
    """What the decision states, in order and not signed before the dossier was received. Raises Invalid.

    The reason is the event's note, which the engine itself demands and keeps.
    """
    stated = form({"note": "-", **data})
    stated.fit(dossier)
    require_stated(stated)
    assert dossier.received_at is not None
    if stated.cleaned_data["signed_on"] < clock.local(dossier.received_at).date():
        sentence = "Ngày quyết định không thể trước ngày nhận hồ sơ."
        raise Invalid(sentence, {"signed_on": sentence})
    return stated.cleaned_data


def drafted(kind: str, ground: str, stated: Mapping[str, Any], reason: str = "") -> DecisionDraft:
    """The decision that an `AnswerForm` states, in effect from the day on which it was signed."""
    return DecisionDraft(
        kind=kind,
        ground=ground,
        authority=Authority.objects.get(code=stated["authority"]),
        signed_on=stated["signed_on"],
        effective_on=stated["signed_on"],
        number=stated["number"],
        delegation=stated["delegation"],
        signatory=stated["signatory"],
        reason=reason,
    )


def answer(
    dossier: Dossier, draft: DecisionDraft, content: Mapping[str, Any], *, actor: Any, record: str = ""
) -> Decision:
    """Record the decision about what the dossier said last; `content` is what it says beyond that."""
    submission, answers = snapshot.last(dossier)
    kept = {
        "reference": dossier.reference,
        "filed_number": answers.get("filed_number") or "",
        "submission": submission.number,
        "submission_sha256": submission.sha256,
        **content,
    }
    return record_decision(draft, subject=dossier.subject, record=record, content=kept, actor=actor)
