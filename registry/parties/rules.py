"""Pure rules about parties: tax codes, phone numbers."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as StdnumError
from stdnum.vn import mst

HOUSEHOLD_DIGITS = 12


class BadIdentifier(ValueError):
    """`str()` tells the person what is wrong and how a right one looks."""


@dataclass(frozen=True, slots=True)
class Identifier:
    scheme: str  # tax_code | household_code
    value: str  # digits only; a branch as 0123456789-001


def read_tax_code(typed: str) -> Identifier:
    """The identifier that was typed: 10 or 13 digits with their check digit (`stdnum.vn.mst`), or a household's 12 digits.

    Spaces, dots and dashes are allowed anywhere. A 12-digit code is a person's number and has no check digit; it is
    personal data. Raises BadIdentifier with a sentence.
    """
    digits = re.sub(r"[\s.\-–]", "", typed)
    if not digits:
        raise BadIdentifier(_("Nhập mã số thuế, ví dụ 0100 047 516."))
    if not digits.isascii() or not digits.isdigit():
        raise BadIdentifier(_("Mã số thuế chỉ gồm chữ số, ví dụ 0100 047 516."))
    if len(digits) == HOUSEHOLD_DIGITS:
        return Identifier("household_code", digits)
    if len(digits) not in (10, 13):
        raise BadIdentifier(
            _("Mã số thuế có 10 hoặc 13 chữ số; mã của hộ kinh doanh có 12 chữ số. Bạn đã nhập %(count)s.")
            % {"count": len(digits)}
        )
    try:
        return Identifier("tax_code", mst.format(mst.validate(digits)).replace(" ", ""))
    except StdnumError:
        raise BadIdentifier(_("Mã số thuế này không đúng chữ số kiểm tra. Xem lại trên giấy đăng ký.")) from None


MOBILE = re.compile(r"^0[35789]\d{8}$")
LANDLINE = re.compile(r"^02\d{8,9}$")


class BadPhone(ValueError):
    pass


def read_phone(typed: str) -> str:
    """A Vietnamese phone number as digits from 0; +84 and 84 become 0. Raises BadPhone with a sentence."""
    digits = re.sub(r"[\s.\-()–]", "", typed)
    digits = re.sub(r"^(\+84|0084)", "0", digits)
    if not (MOBILE.match(digits) or LANDLINE.match(digits)):
        raise BadPhone(_("Số điện thoại chưa đúng, ví dụ 0912 345 678 hoặc 0213 3876 543."))
    return digits
