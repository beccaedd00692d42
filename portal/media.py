"""Public pictures: what `/media/` may show, and how.

Only the folders that hold finished public pictures: generated artwork, logos of listed startups, renditions. Originals (they may say where
they were taken) and documents (they may be private) have views of their own that ask who is asking.
"""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from accounts.access import access

TYPES: Final = {
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".avif": "image/avif",
}
# Drawings are named after their content: they never change. Logos may be withdrawn, and no cache shows them much longer.
# Renditions may be made anew under their name.
FOR_EVER: Final = "public, max-age=31536000, immutable"
FOLDERS: Final = {"art": FOR_EVER, "startups": "public, max-age=600", "images": "public, max-age=86400"}
NOTHING_INSIDE: Final = "default-src 'none'; sandbox"


@access("public")
@require_safe
def media(request: HttpRequest, path: str) -> FileResponse:
    if "\0" in path:
        raise Http404
    folder = path.partition("/")[0]
    root = Path(settings.MEDIA_ROOT).resolve()
    file = (root / path).resolve()
    if folder not in FOLDERS or file.suffix not in TYPES or str(file) != f"{root}/{path}" or not file.is_file():
        raise Http404
    response = FileResponse(file.open("rb"), content_type=TYPES[file.suffix])
    response["Cache-Control"] = FOLDERS[folder]
    response["Last-Modified"] = http_date(file.stat().st_mtime)
    response["Content-Security-Policy"] = NOTHING_INSIDE
    response["X-Content-Type-Options"] = "nosniff"
    return response
