"""The founder's addresses of proposals, below the dossier that registered the startup."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registry.startups.proposals import part_views, views

urlpatterns = [
    path(_("<slug:reference>/de-xuat/"), views.proposals, name="proposals"),
    path(_("<slug:reference>/de-xuat/<slug:code>/"), views.proposal, name="proposal"),
    path(_("<slug:reference>/de-xuat/<slug:code>/rut/"), views.withdraw, name="proposal_withdraw"),
    path(_("<slug:reference>/de-xuat/<slug:code>/sua/<slug:part>/"), part_views.part, name="proposal_part"),
]
