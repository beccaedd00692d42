"""The last act of the applicant: consent by field, and send."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from registry.core.lifecycle import Conflict, Invalid, perform
from registry.dossiers.checking import Problem
from registry.dossiers.checking import check as problems_of
from registry.dossiers.lifecycle import DRAFT
from registry.dossiers.models import Dossier
from registry.dossiers.pages import number
from registry.dossiers.procedure import Step, StepForm
from registry.dossiers.services import save_step


def consent_and_send(
    dossier: Dossier, step: Step, data: Mapping[str, Any], actor: Any, *, send: bool
) -> tuple[Dossier, StepForm | None, list[Problem]]:
    """Keep the consents of a draft; with `send`, send. Two clicks at once are one after the other, and one sends.

    Problems come back instead of being raised, so that the consents stay kept.
    """
    form = None
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().select_related("party").get(pk=dossier.pk)
        if locked.state == DRAFT.code:
            saved = save_step(locked, step, data, actor=actor, seen=number(data.get("seen")))
            locked, form = saved.dossier, saved.form
        elif number(data.get("seen")) != locked.answers_version:
            raise Conflict(_("Hồ sơ vừa được lưu ở nơi khác. Xem lại rồi gửi lần nữa."))
        if not send:
            return locked, form, []
        action = "submit" if locked.state == DRAFT.code else "resubmit"
        try:
            return perform(locked, action, actor, expected_version=number(data.get("version"))), form, []
        except Invalid:
            return locked, form, problems_of(locked)[1]
