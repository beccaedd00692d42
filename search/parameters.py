"""What an address may ask of the search. Nothing is ignored: a parameter is used, or it is refused with a sentence."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, get_args

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from search.engine import InvalidParameter, Query, Sort
from search.facets import LANGUAGE, FacetGroup, all_groups

LONGEST_TEXT = 1000
ONCE = ("q", "sort", "cursor")
SORTS: tuple[Sort, ...] = get_args(Sort)

Chosen = Mapping[str, tuple[str, ...]]


def check_text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InvalidParameter(
            "q", _("Từ cần tìm dài quá %(most)d ký tự. Hãy chỉ ghi vài từ chính.") % {"most": LONGEST_TEXT}
        )
    return text


def check_codes(group: FacetGroup, codes: Sequence[str]) -> tuple[str, ...]:
    """The codes once each, if the group knows them all; an empty one is none."""
    codes = [code for code in codes if code]
    known = group.words(codes) if codes else {}
    for code in codes:
        if code not in known:
            raise InvalidParameter(
                group.code,
                _("Không có %(group)s “%(code)s”. Ghi mã như: %(known)s.")
                % {"group": str(group.label).lower(), "code": code[:40], "known": ", ".join(group.examples())},
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


def check_sort(code: str) -> Sort:
    """The order of that name; without a name the first."""
    code = code or SORTS[0]
    for sort in SORTS:
        if sort == code:
            return sort
    raise InvalidParameter(
        "sort",
        _("Không có cách sắp xếp “%(code)s”. Chọn một trong: %(known)s.")
        % {"code": code[:40], "known": ", ".join(SORTS)},
    )


def unknown(given: Collection[str], known: Collection[str]) -> list[InvalidParameter]:
    """One refusal for each name that means nothing here."""
    return [
        InvalidParameter(name[:40], _("Trang này không có tham số “%(name)s”.") % {"name": name[:40]})
        for name in given
        if name not in known
    ]


def query_of(text: str, chosen: Chosen, *, language: str, **fields: Any) -> Query:
    """The query for accepted choices by group, every group counted. Without a choice of languages `language` is searched."""
    filters = {group: codes for group, codes in chosen.items() if codes}
    kinds = filters.pop("kind", ())
    languages = filters.pop("language", (language,))
    if len(languages) > 1:
        filters["language"] = languages
    return Query(
        text=text,
        kinds=kinds,
        language=languages[0] if len(languages) == 1 else None,
        filters=filters,
        facets=tuple(group.code for group in all_groups()),
        **fields,
    )


@dataclass
class Asked:
    """What the address of a page asks for. `refused`: what cannot be used; `unknown`: names that mean nothing."""

    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = "relevance"
    cursor: str = ""
    refused: list[InvalidParameter] = field(default_factory=list)
    unknown: list[InvalidParameter] = field(default_factory=list)

    @contextmanager
    def hearing(self) -> Iterator[None]:
        """Keep a refusal instead of stopping at it: a page says all that is wrong."""
        try:
            yield
        except InvalidParameter as error:
            self.refused.append(error)


def read(given: QueryDict, language: str) -> Asked:
    """`language` is searched anyway: choosing it alone is no choice."""
    asked = Asked(text=given.get("q", "").strip(), cursor=given.get("cursor", ""))
    asked.unknown = unknown(list(given), [*ONCE, *(group.code for group in all_groups())])
    for name in ONCE:
        if len(given.getlist(name)) > 1:
            asked.refused.append(InvalidParameter(name, _("Chỉ ghi tham số này một lần.")))
    with asked.hearing():
        check_text(asked.text)
    with asked.hearing():
        asked.sort = check_sort(given.get("sort", ""))
    for group in all_groups():
        with asked.hearing():
            asked.chosen[group.code] = check_codes(group, given.getlist(group.code))
    if asked.chosen.get(LANGUAGE.code) == (language,):
        asked.chosen[LANGUAGE.code] = ()
    return asked
