"""By which decree the holder of a certificate has its incentives: the case of Art. 68(1) of Decree 268/2025 that applies.

A certificate of the old decree keeps the incentives of the documents before Decree 268. When it is changed and its enterprise
meets the conditions of Decree 268, it has those of Decree 268 from then on, for the time that remains; that is decided once.
"""

from datetime import date
from typing import Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.certificates.models import CertificateVersion, Regime, Status
from registry.core import clock
from registry.core.citations import citation

TRANSITION: Final = citation("nd268", "68.1")
LAW_FROM: Final = TRANSITION.act.in_force_from or date.max

CASES: Final[dict[Regime, str]] = {
    Regime.ND268: (
        "Doanh nghiệp đáp ứng các điều kiện chứng nhận quy định tại Nghị định 268/2025/NĐ-CP: được hưởng các ưu đãi, hỗ trợ theo "
        "quy định của Nghị định này cho thời gian còn lại (khoản 1 Điều 68)"
    ),
    Regime.ND13: (
        "Doanh nghiệp không đáp ứng đầy đủ các điều kiện quy định tại Nghị định 268/2025/NĐ-CP: chỉ được cấp thay đổi nội dung, "
        "tiếp tục được hưởng các ưu đãi, hỗ trợ cho thời gian còn lại theo quy định của các văn bản trước Nghị định này (khoản 1 "
        "Điều 68)"
    ),
}
"""What a decision on a change of content chooses from, by the regime of the incentives that follows."""


def running(version: CertificateVersion) -> Regime | None:
    """Of a version with its `status` (`selectors.on_day`); None where it holds no more."""
    return Regime(version.incentives) if version.status == Status.VALID else None  # type: ignore[attr-defined]


def in_words(version: CertificateVersion, as_of: date | None = None) -> str:
    """“Nghị định 13/2019/NĐ-CP, cho thời gian còn lại (khoản 1 Điều 68 …)” in the reader's language; "" where it holds no more.

    Before Decree 268 was law, nothing was left over: then it is the decree alone.
    """
    regime = running(version)
    if regime is None:
        return ""
    if version.certificate.regime != Regime.ND13 or (as_of or clock.today()) < LAW_FROM:
        return str(regime.label)
    language = get_language() or "vi"
    ground = TRANSITION.place(language) if regime == Regime.ND268 else TRANSITION.full(language)
    return _("%(decree)s, cho thời gian còn lại (%(ground)s)") % {"decree": regime.label, "ground": ground}
