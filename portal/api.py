"""The open API at /api/v1/: one front for the routers of the rooms, strict about what it is asked, its documents on a page of ours."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from ninja import NinjaAPI, Router
from ninja.decorators import decorate_view
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.operation import Operation
from ninja.params.models import QueryModel

from portal.errors import language_of, refusal
from registry.certificates.api import router as certificates
from registry.dossiers.api import router as procedures
from registry.st_enterprises.api import router as st_enterprises
from registry.startups.api import router as startups
from search.api import make_router
from search.engine import InvalidParameter

Run = Callable[..., HttpResponse]

# What pydantic calls a mistake → the sentence that helps.
SENTENCES = {
    "missing": gettext_noop("Thiếu tham số này."),
    "literal_error": gettext_noop("Chọn một trong: %(expected)s."),
    "int_parsing": gettext_noop("Ghi một số nguyên, ví dụ 2026."),
    "greater_than_equal": gettext_noop("Ghi một số từ %(ge)s trở lên."),
    "less_than_equal": gettext_noop("Ghi một số không quá %(le)s."),
    "date_from_datetime_parsing": gettext_noop("Ghi ngày theo dạng năm-tháng-ngày, ví dụ 2026-10-05."),
    "date_parsing": gettext_noop("Ghi ngày theo dạng năm-tháng-ngày, ví dụ 2026-10-05."),
    "date_type": gettext_noop("Ghi ngày theo dạng năm-tháng-ngày, ví dụ 2026-10-05."),
    "int_type": gettext_noop("Ghi một số nguyên, ví dụ 2026."),
    "bool_type": gettext_noop("Ghi true hoặc false."),
    "list_type": gettext_noop("Ghi một danh sách."),
    "too_long": gettext_noop("Không quá %(max_length)s mục."),
    "string_too_long": gettext_noop("Không quá %(max_length)s ký tự."),
    "extra_forbidden": gettext_noop("Không có mục này. Xem các mục ở /api/v1/docs."),
}
NOT_JSON = gettext_noop("Thân yêu cầu phải là một đối tượng JSON. Xem ví dụ ở /api/v1/docs.")
ANYTHING_ELSE = gettext_noop("Giá trị này không dùng được. Xem cách ghi ở /api/v1/docs.")


class Docs(DocsBase):
    """The documents as a plain page, written from the OpenAPI schema: no script, so it stands under the strict policy.

    Vietnamese, or the language of `?lang=`.
    """

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema()
        language = language_of(request)
        other = next(code for code, _name in settings.LANGUAGES if code != language)
        with override(language):
            context = {
                "description": _said(schema["info"]["description"]),
                "openapi_url": self.get_openapi_url(api, kwargs),
                "alternate_url": request.path + (f"?lang={other}" if other != settings.LANGUAGE_CODE else ""),
                "operations": [
                    _described(schema, path, method, operation)
                    for path, methods in schema["paths"].items()
                    for method, operation in methods.items()
                ],
            }
            return render(request, "portal/api_docs.html", context)


def _said(text: str) -> str:
    """A text of the schema in the language of the page."""
    on_one_line = " ".join(text.split())
    return _(on_one_line) if on_one_line else ""


def _described(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """One operation as the page shows it."""
    parameters = [
        {
            "name": p["name"],
            "place": p["in"],
            "required": p["required"],
            "type": _type(p["schema"]),
            "description": _said(p["schema"].get("description", "")),
            "examples": [_example(example) for example in p["schema"].get("examples", [])],
        }
        for p in operation.get("parameters", [])
    ]
    asked = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
    answer = operation["responses"].get(200, {}).get("content", {}).get("application/json", {}).get("schema", {})
    return {
        "method": method.upper(),
        "path": path,
        "summary": _said(operation.get("summary", "")),
        "description": _said(operation.get("description", "")),
        "parameters": parameters,
        "body": _fields(schema, asked),
        "question": _first_example(schema, asked),
        "answer": _fields(schema, answer),
        "example": _first_example(schema, answer),
    }


def _first_example(schema: dict[str, Any], part: dict[str, Any]) -> str:
    definition = schema["components"]["schemas"].get(str(part.get("$ref", "")).rsplit("/", 1)[-1], {})
    return "".join(json.dumps(one, ensure_ascii=False, indent=2) for one in definition.get("examples", [])[:1])


def _example(example: Any) -> str:
    return ", ".join(map(str, example)) if isinstance(example, list) else str(example)


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_type(part) for part in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    kind = str(schema.get("format") or schema.get("type", ""))
    return f"{_type(schema['items'])}[]" if kind == "array" else kind


def _fields(schema: dict[str, Any], answer: dict[str, Any], prefix: str = "") -> list[dict[str, str]]:
    """The fields of an answer, those of its parts below them ("results[].title")."""
    if "$ref" in answer:
        answer = schema["components"]["schemas"][str(answer["$ref"]).rsplit("/", 1)[-1]]
    rows: list[dict[str, str]] = []
    for name, field in answer.get("properties", {}).items():
        field = _told(field)
        inner = field.get("items", field)
        if "$ref" in inner:
            rows += _fields(schema, inner, f"{prefix}{name}{'[]' if 'items' in field else ''}.")
        else:
            rows.append(
                {"name": prefix + name, "type": _type(field), "description": _said(field.get("description", ""))}
            )
    return rows


def _told(field: dict[str, Any]) -> dict[str, Any]:
    """What a field is when it is told: the list that may be left out as that list."""
    parts = [part for part in field.get("anyOf", []) if part.get("type") != "null"]
    return (
        parts[0] | {"description": field.get("description", "")} if len(parts) == 1 and "items" in parts[0] else field
    )


class OpenApi(NinjaAPI):
    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        """The addresses; a method that one of them does not take is refused like all else (ninja says it in plain English)."""
        patterns, app_name, namespace = super().urls
        for pattern in patterns:
            pattern.callback = _with_methods_told(pattern.callback)
        return patterns, app_name, namespace


def _with_methods_told(view: Run) -> Run:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        methods = response["Allow"]
        with override(language_of(request)):
            refused = refusal("", _("Địa chỉ này chỉ nhận %(methods)s.") % {"methods": methods}, status=405)
        refused["Allow"] = methods
        return refused

    return answered


api = OpenApi(
    title="Đổi mới sáng tạo Lai Châu",
    version="1",
    description=gettext_noop(
        "Dữ liệu mở của cổng: danh bạ khởi nghiệp và tìm kiếm. Ai cũng dùng được, không cần khóa. "
        "Tham số lạ hoặc sai được trả lời 400 kèm tên tham số và cách ghi đúng."
    ),
    docs=Docs(),
    urls_namespace="api",
)


def mount(prefix: str, router: Router) -> None:
    """Add a room's router; each of its operations answers in `lang` and refuses parameters that it does not name, and
    a second value where it takes one.
    """
    for path_view in router.path_operations.values():
        for operation in path_view.operations:
            decorate_view(_strict(operation))(operation.view_func)
    api.add_router(prefix, router)


def _strict(operation: Operation) -> Callable[[Run], Run]:
    models = [model for model in operation.models if issubclass(model, QueryModel)]
    known = {name for model in models for name in model.__ninja_flatten_map__}
    lists = {name for model in models for name in model.__ninja_collection_fields__}

    def decorate(run: Run) -> Run:
        @wraps(run)
        def checked(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            with override(language_of(request)):
                for name in request.GET:
                    if name not in known:
                        sentence = _("Không có tham số này. Dùng được: %(known)s.") % {
                            "known": ", ".join(sorted(known))
                        }
                        return refusal(name[:40], sentence)
                    if name not in lists and len(request.GET.getlist(name)) > 1:
                        return refusal(name, _("Chỉ ghi tham số này một lần."))
                return run(request, **kwargs)

        return checked

    return decorate


@api.exception_handler(InvalidParameter)
def _invalid(request: HttpRequest, error: InvalidParameter) -> HttpResponse:
    return refusal(error.parameter, error.message)


@api.exception_handler(ValidationError)
def _not_valid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    first = error.errors[0]
    kind, said = first["type"], first["msg"]
    sentence = _(said) if kind == "portal" else _(SENTENCES.get(kind, ANYTHING_ELSE))
    facts = dict(first.get("ctx", {}))
    if first["type"] == "literal_error":  # pydantic joins them with an English "or"
        facts["expected"] = ", ".join(re.findall(r"'([^']*)'", facts["expected"]))
    return refusal(_place(first["loc"]), sentence % facts)


def _place(loc: tuple[str | int, ...]) -> str:
    """The parameter, or where in the body: `years.0.net_revenue`."""
    if loc[0] == "body":
        return ".".join(str(part)[:40] for part in loc[2:])
    return next((str(part) for part in reversed(loc) if isinstance(part, str)), "")


@api.exception_handler(HttpError)
def _not_read(request: HttpRequest, error: HttpError) -> HttpResponse:
    return refusal("", _(NOT_JSON) if error.status_code == 400 else str(error), status=error.status_code)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal("", _("Không có bản ghi này."), status=404)


mount("", make_router())
mount("", startups)
mount("", procedures)
mount("", st_enterprises)
mount("", certificates)
