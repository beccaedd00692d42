"""The enterprise's addresses of the procedure: its own, and those that every dossier has."""

from registry.certificates.changing import views
from registry.certificates.changing.lifecycle import CODE
from registry.dossiers.urls import applicant

urlpatterns = [
    *applicant(CODE, begin=views.begin),
]
