"""Below `/tai-khoan/muc-tieu/` (`/en/account/goals/`)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.goals import views

urlpatterns = [
    path("", views.goals, name="goals"),
    path(_("luu/"), views.save, name="goal_save"),
    path("<slug:public_id>/", views.goal, name="goal"),
    path(_("<slug:public_id>/so-lieu/"), views.change, name="goal_figures"),
    path(_("<slug:public_id>/xoa/"), views.remove, name="goal_remove"),
]
