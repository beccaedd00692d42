"""Passkeys: adding, naming and removing them, signing in with one, proving oneself with one. allauth's views in our words."""

from typing import Any

from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.mfa.base import views as mfa
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth, flows
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse, reverse_lazy

from accounts.passkey_forms import for_script


class AddPasskey(webauthn.AddWebAuthnView):
    """allauth asks for a key without proof of its owner unless a box is ticked; here every key is a whole one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]
        context["options"] = for_script(auth.begin_registration(self.request.user, True))
        return context


class RenamePasskey(webauthn.EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class RemovePasskey(webauthn.RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class SignInByPasskey(webauthn.LoginWebAuthnView):
    """A POST without a signature answers what is to be signed; one with it signs in. A GET writes nothing: it goes to the door."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponseRedirect(self.door())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "credential" not in request.POST:
            return JsonResponse(auth.begin_authentication(user=None))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["credential"]
        self.request.session.set_expiry(settings.SESSION_COOKIE_AGE)
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        return flows.perform_passwordless_login(self.request, key, login)

    def form_invalid(self, form: Any) -> HttpResponse:
        for sentence in form.errors.get("credential", []):
            messages.error(self.request, sentence)
        return HttpResponseRedirect(self.door())

    def door(self) -> str:
        return str(passthrough_next_redirect_url(self.request, reverse("account_login"), "next"))


class SecondFactor(mfa.AuthenticateView):
    """The second step of signing in: a code, or a passkey where the person has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        kinds = set(self.stage.login.user.authenticator_set.values_list("type", flat=True))
        context["has_app"], context["has_passkey"] = "totp" in kinds, "webauthn" in kinds
        context["options"] = for_script(context["js_data"]["request_options"])
        return context


class ProveAgain(webauthn.ReauthenticateWebAuthnView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["form"] = kwargs.get("form") or context["form"]
        context["options"] = for_script(context["js_data"]["request_options"])
        return context

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


add = AddPasskey.as_view()
rename = RenamePasskey.as_view()
remove = RemovePasskey.as_view()
sign_in = SignInByPasskey.as_view()
second_factor = SecondFactor.as_view()
prove_again = ProveAgain.as_view()
