"""The enterprise's addresses of yearly reports, in the account."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.duties import views

urlpatterns = [
    path("", views.year_reports, name="year_reports"),
    path("<slug:public_id>/<int:year>/", views.year_report, name="year_report"),
    path(_("<slug:public_id>/<int:year>/bien-nhan/"), views.receipt, name="year_report_receipt"),
    path(_("<slug:public_id>/<int:year>/mau-v6.<str:kind>"), views.paper, name="year_report_paper"),
]
