"""What every request meets: headers on every answer, and no change from another origin."""

from __future__ import annotations

import json

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, override_settings
from django.urls import path

from config.headers import content_policy, security_headers

HOST = "127.0.0.1:8000"
OURS = f"http://{HOST}"
FAULTS = {
    "full": OperationalError("database or disk is full"),
    "bug": IntegrityError("some words of somebody"),
    "value": ValueError("some words of somebody"),
    "large": RequestDataTooBig(),
    "strange": SuspiciousOperation(),
    "denied": PermissionDenied(),
    "missing": Http404(),
}
STATUS = {
    "full": (503, "unavailable"),
    "bug": (500, "broken"),
    "value": (500, "broken"),
    "large": (413, "too_long"),
    "strange": (400, "bad_field"),
    "denied": (403, "not_allowed"),
    "missing": (404, "missing"),
}


def fail(request: HttpRequest, fault: str) -> HttpResponse:
    """A view that does not manage."""
    raise FAULTS[fault]


def change(request: HttpRequest) -> HttpResponse:
    """A view that changes something."""
    return HttpResponse("changed")


urlpatterns = [
    path("fail/<fault>", fail),
    path("api/fail/<fault>", fail),
    path("change", change),
]
handler400 = "config.errors.bad_request"
handler403 = "config.errors.not_allowed"
handler404 = "config.errors.not_found"
handler500 = "config.errors.broken"

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def calm(client: Client) -> Client:
    """A client that gets the answer instead of the exception."""
    client.raise_request_exception = False
    return client


def headers_are_all_there(response: HttpResponseBase) -> bool:
    """Every security header, and nothing to keep."""
    wanted = {**security_headers(), "Cache-Control": "no-store"}
    return {name: response.headers.get(name) for name in wanted} == wanted


@pytest.mark.promise("W5")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_fails_is_kind_and_carries_the_headers(calm: Client, fault: str) -> None:
    response = calm.get(f"/fail/{fault}")
    assert response.status_code == STATUS[fault][0]
    assert headers_are_all_there(response)
    text = response.content.decode()
    for word in ("error", "invalid", "denied", "words of somebody", "!<"):
        assert word not in text.lower()


@pytest.mark.promise("L9", "W5")
@pytest.mark.parametrize("fault", FAULTS)
def test_a_script_gets_a_code(calm: Client, fault: str) -> None:
    response = calm.get(f"/api/fail/{fault}")
    status, code = STATUS[fault]
    answer = json.loads(response.content)
    assert (response.status_code, answer["t"], answer["code"]) == (status, "err", code)
    assert answer["say"]
    assert headers_are_all_there(response)


@pytest.mark.promise("W1")
@pytest.mark.parametrize("origin", settings.ORIGINS)
def test_our_own_page_may_act(origin: str) -> None:
    client = Client(HTTP_HOST=HOST, HTTP_ORIGIN=origin)
    assert client.post("/change").status_code == 200


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:8001",
        "https://127.0.0.1:8000",
        "http://127.0.0.1",
        "http://evil.example",
        "http://127.0.0.1:8000.evil.example",
        "null",
        "",
    ],
)
def test_another_page_may_not_act(origin: str) -> None:
    client = Client(HTTP_HOST=HOST, HTTP_ORIGIN=origin)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method("/change").status_code == 403
    assert client.get("/change").status_code == 200


@pytest.mark.promise("W1", "W5")
def test_a_missing_origin_is_refused_with_the_headers() -> None:
    response = Client(HTTP_HOST=HOST).post("/change")
    assert response.status_code == 403
    assert headers_are_all_there(response)


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    ("site", "status"),
    [("same-origin", 200), ("same-site", 403), ("cross-site", 403), ("none", 403), ("", 403)],
)
def test_a_plain_form_without_referrer_counts_by_the_word_of_the_browser(
    site: str, status: int
) -> None:
    client = Client(
        HTTP_HOST=HOST,
        HTTP_ORIGIN="null",
        HTTP_SEC_FETCH_SITE=site,
        enforce_csrf_checks=True,
    )
    client.cookies["csrf"] = "a" * 32
    response = client.post("/change", {"csrfmiddlewaretoken": "a" * 32})
    assert response.status_code == status


@pytest.mark.promise("W1")
def test_the_right_origin_without_the_token_is_refused() -> None:
    client = Client(HTTP_HOST=HOST, HTTP_ORIGIN=OURS, enforce_csrf_checks=True)
    assert client.post("/change").status_code == 403


def test_another_host_is_refused(calm: Client) -> None:
    assert calm.get("/change", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.promise("W5")
def test_the_content_policy_lets_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = dict(part.partition(" ")[::2] for part in content_policy().split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["font-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://127.0.0.1:8000 ws://localhost:8000"
    assert policy["form-action"] == "'self' https://www.bbc.co.uk"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in content_policy()


@pytest.mark.promise("W5")
def test_over_https_the_browser_is_told_to_stay_there() -> None:
    assert "Strict-Transport-Security" not in security_headers()
    security_headers.cache_clear()
    with override_settings(HTTPS=True, ORIGINS=["https://waymark.example"]):
        headers = security_headers()
    security_headers.cache_clear()
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    assert "wss://waymark.example" in headers["Content-Security-Policy"]
