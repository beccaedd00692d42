from django.urls import path

from registry.startups import views

urlpatterns = [
    path("", views.startups, name="startups"),
    path("<slug:slug>/", views.startup, name="startup"),
]
