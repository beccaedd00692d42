"""The papers on the applicant's timeline: what the department issued to them, each as it was signed."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.panels import Panel
from registry.dossiers.models import Dossier
from registry.official_papers.selectors import issued_to_applicant
from registry.parties.selectors import role_of

TITLES = {
    "giay-tiep-nhan": gettext_lazy("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "yeu-cau-bo-sung": gettext_lazy("Thông báo yêu cầu sửa đổi, bổ sung hồ sơ"),
    "thong-bao-tu-choi": gettext_lazy("Thông báo từ chối"),
    "thu-xin-loi": gettext_lazy("Thư xin lỗi vì trả kết quả chậm"),
}


def section(request: HttpRequest, dossier: Dossier) -> Panel | None:
    """For the party's people; who only helps with the dossier is told by them."""
    if not role_of(request.user, dossier.party):
        return None
    papers = [(paper, TITLES[paper.kind]) for paper in issued_to_applicant(dossier)]
    return Panel("official_papers/issued.html", _("Văn bản của Sở"), {"papers": papers}) if papers else None
