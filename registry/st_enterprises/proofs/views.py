"""What everybody may have to check a certificate without asking the portal: the public keys, and the page that uses them."""

from csp.decorators import csp
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from accounts.access import access
from registry.st_enterprises.proofs import page


@access("public")
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Every public key there has ever been, as a JWK set. Other people's checkers may read it from their own pages."""
    response = JsonResponse(page.keys_document(), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


@access("public")
@require_safe
@csp(page.policy())
def offline(request: HttpRequest) -> HttpResponse:
    """The page for checking without a network, with today's keys in it. It works here and as a saved file."""
    return HttpResponse(page.with_keys())
