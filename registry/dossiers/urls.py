"""The applicant's addresses of one procedure, below the words that the whole map gives it (`/tai-khoan/khoi-nghiep/`)."""

from collections.abc import Callable

from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from registry.dossiers import form_views, step_views, views
from registry.dossiers.helped import device_views, helper_views
from registry.dossiers.procedure import get


def applicant(procedure: str, begin: Callable[..., HttpResponseBase] = views.begin) -> list[URLPattern]:
    """All of them carry the procedure's code, so that a dossier is found under its own procedure only.

    `begin` is the page where a dossier begins, where that asks something else than who applies.
    """
    code = {"procedure_code": procedure}
    sent = _("<slug:reference>/ban-gui/<int:place>/<slug:form>.<slug:kind>")
    draft = _("<slug:reference>/bieu-mau/<slug:form>.<slug:kind>")
    forms = [
        path(sent, form_views.of_submission, code, name="dossier_form"),
        path(draft, form_views.of_draft, code, name="dossier_draft_form"),
    ]
    return [
        *(forms if get(procedure).printed_forms else []),
        path(_("moi/"), begin, code, name="dossier_new"),
        path("<slug:reference>/", views.follow, code, name="dossier"),
        path(_("<slug:reference>/rut/"), views.withdraw, code, name="dossier_withdraw"),
        path(_("<slug:reference>/ban-gui/<int:place>.pdf"), views.print_submission, code, name="dossier_pdf"),
        path(_("<slug:reference>/nho-xac-nhan/"), helper_views.hand_over, code, name="dossier_hand_over"),
        path(_("<slug:reference>/nho-xac-nhan/to-giay.pdf"), helper_views.sheet, code, name="dossier_sheet"),
        path(_("<slug:reference>/may-khac/"), device_views.device, code, name="dossier_device"),
        path("<slug:reference>/<slug:step>/", step_views.step, code, name="dossier_step"),
    ]
