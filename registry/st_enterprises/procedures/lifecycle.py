"""A procedure that first checks whether a dossier is valid and then decides, as data (Decree 268/2025, Art. 51, 52(3)).

It is filed on the public-service system. While it is checked a supplement may be asked for; once it was found valid, the time
for the decision runs and nothing stops it. Each procedure says on what its acts rest, how it can end, and what is decided.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from registry.core.lifecycle import Action, Data, Lifecycle, State, Text
from registry.core.models.history import Decision
from registry.dossiers import lifecycle as shared
from registry.dossiers import submitting
from registry.dossiers.models import Dossier
from registry.dossiers.procedure import Limited
from registry.st_enterprises.procedures import filing
from registry.st_enterprises.procedures.deciding import AnswerForm, find_valid, stated_in

FILED: Final = State(
    "filed",
    _("Sở đang kiểm tra hồ sơ"),
    "Kiểm tra hợp lệ",
    _("Sở kiểm tra hồ sơ đã đủ và hợp lệ chưa."),
    "info",
    "clock",
)
VALID: Final = "valid"


def found_valid(next_step: Text) -> State:
    return State(VALID, _("Hồ sơ hợp lệ, Sở đang xem xét"), "Hợp lệ, đang xem xét", next_step, "info", "clock")


def granted(code: str, label: Text, staff_label: str, next_step: Text) -> State:
    """The end that was asked for."""
    return State(code, label, staff_label, next_step, "ok", "circle-check", True)


def lifecycle(
    code: str,
    valid: State,
    ends: tuple[State, ...],
    checked_on: Callable[[], str],
    *acts: Action,
    take_back: Callable[[Any, Any, Data], None] = submitting.close,
) -> Lifecycle:
    """`checked_on` gives what the check rests on; `acts` are those on a valid dossier; `take_back` is what withdrawing does."""
    common = shared.common_actions(received=FILED, later=(valid,))
    checking = (
        replace(common["submit"], label=_("Ghi nhận đã nộp"), done=_("Đã nộp hồ sơ")),
        replace(common["withdraw"], change=take_back),
        replace(common["request_supplement"], ground=checked_on, change=filing.ask),
        Action(
            "declare_valid",
            frozenset({FILED.code}),
            VALID,
            shared.officer,
            "Hồ sơ hợp lệ",
            _("Hồ sơ đủ và hợp lệ"),
            ground=checked_on,
            change=find_valid,
        ),
    )
    states = (shared.DRAFT, FILED, shared.SUPPLEMENT, valid, *ends, shared.WITHDRAWN)
    return Lifecycle(
        code,
        {state.code: state for state in states},
        common | {act.code: act for act in (*checking, *acts)},
    )


def decision(
    code: str,
    end: State,
    label: str,
    done: Text,
    ground: Callable[[], str],
    form: type[AnswerForm],
    change: Callable[[Dossier, Any, Mapping[str, Any]], Decision],
    *,
    who: Callable[[Any, Any], str] = shared.officer,
    guards: tuple[Callable[[Any, Data], None], ...] = (),
) -> Action:
    """An answer to a valid dossier. `change` is given what `form` states; a form with a reason makes it a must."""

    def stands(dossier: Dossier, data: Data) -> None:
        stated_in(form, dossier, data)

    def decide(dossier: Dossier, actor: Any, data: Data) -> dict[str, Any]:
        return {"decision": change(dossier, actor, stated_in(form, dossier, data)).position}

    needs_note = "note" in form.base_fields
    return Action(
        code, frozenset({VALID}), end.code, who, label, done, ground, (stands, *guards), decide, needs_note=needs_note
    )


def limits(decides: Text) -> dict[str, Limited]:
    """The two clocks: of the check, and of what the authority then does."""
    return {
        FILED.code: Limited("validity", _("Sở kiểm tra hồ sơ đủ và hợp lệ")),
        VALID: Limited("decision", decides),
    }
