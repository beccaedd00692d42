"""The enterprise's addresses of the procedure: its own, and those that every dossier has."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.certificates.changing import views
from registry.certificates.changing.lifecycle import CODE
from registry.dossiers.urls import applicant

urlpatterns = [
    path(_("<slug:reference>/don-v5.<slug:kind>"), views.form, name="st_change_form"),
    *applicant(CODE, begin=views.begin),
]
