from django.urls import path

from registry.certificates import views

urlpatterns = [
    path("", views.certificates, name="st_enterprises"),
    path("<slug:slug>/", views.certificate, name="st_enterprise"),
]
