"""What an address may ask of the search. Nothing is ignored: a parameter is used, or it is refused with a sentence."""

from collections.abc import Collection, Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from search.engine import InvalidParameter
from search.kinds import all_kinds

LONGEST_TEXT = 1000


def check_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InvalidParameter(
            "q", _("Từ cần tìm dài quá %(most)d ký tự. Hãy chỉ ghi vài từ chính.") % {"most": LONGEST_TEXT}
        )
    return text


def check_kinds(codes: Sequence[str]) -> tuple[str, ...]:
    known = [kind.code for kind in all_kinds()]
    for code in codes:
        if code not in known:
            raise InvalidParameter(
                "kind",
                _("Không có loại “%(code)s”. Chọn một trong: %(known)s.")
                % {"code": code[:40], "known": ", ".join(known)},
            )
    return tuple(dict.fromkeys(codes))


def check_language(code: str) -> str:
    known = dict(settings.LANGUAGES)
    if code not in known:
        raise InvalidParameter(
            "lang",
            _("Không có ngôn ngữ “%(code)s”. Chọn một trong: %(known)s.")
            % {"code": code[:40], "known": ", ".join(known)},
        )
    return code


def unknown(given: Collection[str], known: Collection[str]) -> list[InvalidParameter]:
    """One refusal for each name that means nothing here."""
    return [
        InvalidParameter(name[:40], _("Trang này không có tham số “%(name)s”.") % {"name": name[:40]})
        for name in given
        if name not in known
    ]
