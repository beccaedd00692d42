from django.urls import path

from registry.dossiers.desk import views

urlpatterns = [
    path("", views.queue, name="desk_queue"),
    path("<slug:reference>/", views.dossier, name="desk_dossier"),
    path("<slug:reference>/so-sanh/", views.compare, name="desk_compare"),
    path("<slug:reference>/<slug:action>/", views.act, name="desk_act"),
]
