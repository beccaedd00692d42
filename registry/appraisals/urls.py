from django.urls import path

from registry.appraisals import assessor_desk, desk

urlpatterns = [
    path("hoi-dong-tu-van/<slug:public_id>/", desk.advise, name="desk_advise"),
    path("<slug:public_id>/", desk.appraisal, name="desk_appraisal"),
    path("<slug:public_id>/<int:pk>/", assessor_desk.assessor, name="desk_assessor"),
    path("<slug:public_id>/<int:pk>/phieu-<slug:what>.<slug:kind>", assessor_desk.paper, name="desk_sheet"),
]
