from django.urls import path

from registry.startups.importing import views

urlpatterns = [
    path("", views.lists, name="import_lists"),
    path("mau/", views.empty_list, name="import_template"),
    path("<slug:run_id>/", views.show, name="import_run"),
    path("<slug:run_id>/nhap/", views.enter, name="import_enter"),
    path("<slug:run_id>/bo/", views.drop, name="import_drop"),
    path("<slug:run_id>/bao-cao/", views.report, name="import_report"),
]
