"""The pages of who fills dossiers in for others, below `/tai-khoan/nhap-ho/`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.dossiers.helped import helper_views

urlpatterns = [
    path("", helper_views.helped, name="helped"),
    path(_("moi/"), helper_views.new, name="helped_new"),
]
