"""The door for who has a key and no account, below `/tiep-tuc/`."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.dossiers.helped import door_views

urlpatterns = [
    path("", door_views.enter, name="pass_enter"),
    path(_("ho-so/"), door_views.dossier, name="pass_dossier"),
    path(_("nhan-lai/"), door_views.take_over, name="pass_take_over"),
    path(_("xong/"), door_views.leave, name="pass_leave"),
    path("<str:key>/", door_views.link, name="pass_link"),
]
