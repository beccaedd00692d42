from django.urls import path

from registry.dossiers import public_views

urlpatterns = [
    path("", public_views.procedures, name="procedures"),
    path("<slug:slug>/", public_views.procedure, name="procedure"),
]
