from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from registry.core import files
from registry.core.models import PrivateFile
from registry.core.permalinks import normal_id
from registry.core.sniffing import TYPES


@require_safe
def serve(request: HttpRequest, public_id: str) -> FileResponse:
    """A private file, to who may read it or holds a key. For everybody else there is no such file: 404, not 403."""
    file = get_object_or_404(PrivateFile, public_id=normal_id(public_id) or "")
    if not (files.may_read(file, request.user) or files.is_opened_by(file, request)):
        raise Http404
    try:
        stream = files.read_by(file, request.user)
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(stream, as_attachment=True, filename=file.name, content_type=TYPES[file.kind])
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Robots-Tag"] = "noindex"
    return response
