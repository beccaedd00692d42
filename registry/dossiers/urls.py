"""The applicant's addresses of one procedure, below the words that the whole map gives it (`/tai-khoan/khoi-nghiep/`)."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from registry.dossiers import step_views, views


def applicant(procedure: str) -> list[URLPattern]:
    """All of them carry the procedure's code, so that a dossier is found under its own procedure only."""
    code = {"procedure_code": procedure}
    return [
        path(_("moi/"), views.begin, code, name="dossier_new"),
        path("<slug:reference>/", views.follow, code, name="dossier"),
        path(_("<slug:reference>/rut/"), views.withdraw, code, name="dossier_withdraw"),
        path(_("<slug:reference>/ban-gui/<int:place>.pdf"), views.print_submission, code, name="dossier_pdf"),
        path("<slug:reference>/<slug:step>/", step_views.step, code, name="dossier_step"),
    ]
