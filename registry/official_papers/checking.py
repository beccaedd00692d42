"""A template is checked before it can be saved: every place, every field, everything that its kind must say."""

from collections.abc import Mapping
from typing import Final

from registry.official_papers.fields import Field, fields_of
from registry.official_papers.kinds import KINDS
from registry.official_papers.letter import PARTS, Letter, Stated, letter
from registry.official_papers.placeholders import Fault, faults, names_in

PART_LABELS: Final = {
    "above": "Cơ quan chủ quản",
    "agency": "Cơ quan ban hành",
    "heading": "Tên loại văn bản",
    "subject": "Trích yếu",
    "addressee": "Kính gửi",
    "bases": "Căn cứ",
    "body": "Nội dung",
    "recipients": "Nơi nhận",
}
PLAIN: Final = ("symbol", "place", "signing")
"""Parts in which no field may stand: what the clerk types or the department fixes."""


def known_fields(kind: str, procedure: str) -> dict[str, Field]:
    return fields_of(procedure, KINDS[kind].typed)


def used_names(texts: Mapping[str, str]) -> list[str]:
    """The fields that a template names in any of its parts."""
    return list(dict.fromkeys(name for part in PARTS for name in names_in(texts[part])))


def check(kind: str, procedure: str, texts: Mapping[str, str]) -> list[Fault]:
    """Everything that is wrong with the parts of a template; a part's own faults first, then what is missing as a whole."""
    known = known_fields(kind, procedure)
    found = [fault for part in PARTS for fault in faults(part, texts[part], known, takes_tables=part == "body")]
    used = set(used_names(texts))
    for group in KINDS[kind].needs:
        wanted = [name for name in group if name in known]
        if wanted and not used & set(wanted):
            either = " hoặc ".join(f"“{name}” ({known[name].label})" for name in wanted)
            found.append(Fault("body", 0, wanted[0], f"Thiếu trường bắt buộc {either}."))
    return found


def sample(kind: str, procedure: str, texts: Mapping[str, str], symbol: str, place: str, signing: str) -> Letter:
    """The paper of a template that passed `check`, filled with what each field has for a sample."""
    values = {name: field.sample for name, field in known_fields(kind, procedure).items()}
    return letter(texts, symbol, place, values, Stated(signing=signing, signatory="Nguyễn Văn Mẫu"))
