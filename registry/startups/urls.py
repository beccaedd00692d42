from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.startups import confirm_views, views

urlpatterns = [
    path("", views.startups, name="startups"),
    path(_("xac-nhan/<str:token>/"), confirm_views.by_mail, name="startup_confirm"),
    path("<slug:slug>/", views.startup, name="startup"),
]
