import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
application = get_wsgi_application()

# From here on a document that was uploaded is read at once, beside the requests; elsewhere the job reads it.
from cms.core import reading  # noqa: E402 (the apps are ready only now)

reading.at_once = True
