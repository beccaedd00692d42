"""One address for the mail server, and nothing called sent without one."""

import pytest

from portal.mail import NoMailServer, NotSetUp, mail_settings


def test_an_address_becomes_djangos_settings() -> None:
    got = mail_settings("smtp://nguoi%40so.vn:m%3At@mail.so.vn:587/?tls=1", demo=False)
    assert (got["EMAIL_HOST"], got["EMAIL_PORT"], got["EMAIL_USE_TLS"], got["EMAIL_USE_SSL"]) == (
        "mail.so.vn",
        587,
        True,
        False,
    )
    assert (got["EMAIL_HOST_USER"], got["EMAIL_HOST_PASSWORD"]) == ("nguoi@so.vn", "m:t")
    assert mail_settings("smtps://mail.so.vn", demo=False)["EMAIL_PORT"] == 465


@pytest.mark.parametrize("url", ["mail.so.vn", "http://mail.so.vn", "smtp://", "smtp://mail.so.vn:abc"])
def test_a_mistyped_address_stops_the_boot(url: str, capsys) -> None:
    with pytest.raises(SystemExit):
        mail_settings(url, demo=False)
    assert "PORTAL_EMAIL_URL" in capsys.readouterr().err


def test_without_an_address_the_demo_keeps_its_mail_and_others_refuse() -> None:
    assert "dummy" in mail_settings("", demo=True)["EMAIL_BACKEND"]
    assert mail_settings("", demo=False)["EMAIL_BACKEND"] == "portal.mail.NoMailServer"
    with pytest.raises(NotSetUp):
        NoMailServer().send_messages([])
