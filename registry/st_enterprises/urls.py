from django.urls import path

from registry.st_enterprises.views import self_assessment

urlpatterns = [path("", self_assessment, name="st_enterprise_assessment")]
