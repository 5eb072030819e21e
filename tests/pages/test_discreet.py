"""What a page must never give away, on every page and every refusal."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.http import HttpRequest
from django.test import RequestFactory

from config import errors
from people.templatetags import page as page_tags
from tests.evening import Evening
from tests.pages.conftest import Door

PAGES = [
    (None, "/"),
    (None, "/help"),
    (None, "/come-back"),
    (None, "/leave"),
    (None, "/nothing"),
    (None, "/staff/account/login/"),
    ("Robin", "/evening"),
    ("Robin", "/rooms/{room}/lobby"),
    ("Robin", "/rooms/{room}"),
    ("Stranger", "/evening"),
    ("Maya", "/staff/"),
    ("Maya", "/desk/{room}"),
    ("Maya", "/staff/account/2fa/"),
]
TOPIC = re.compile(r"harm|hurt|counsel|crisis|therap|waymark|recover|young|teen|support", re.I)


class Seen(HTMLParser):
    """What a browser would run, load or show outside the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.loaded: list[str] = []
        self.outside: list[str] = []
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note inline code, and whatever is fetched without a tap."""
        self._in = tag
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.inline.append(f"{tag} {name}")
            fetched = name == "src" or (tag == "link" and name == "href")
            if fetched and value and not value.startswith("data:"):
                self.loaded.append(value)
            if tag == "meta" and name == "content":
                self.outside.append(value or "")

    def handle_data(self, data: str) -> None:
        """Note inline scripts and styles, and the title."""
        if self._in in ("script", "style") and data.strip():
            self.inline.append(self._in)
        if self._in == "title":
            self.outside.append(data)


def see(door: Door, evening: Evening, who: str | None, path: str) -> tuple[Seen, str]:
    answer = door(who).get(path.format(room=evening.room.pk), follow=True)
    page = answer.content.decode()
    return Seen(page), page


@pytest.mark.promise("I5")
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_tab_icon_and_preview_say_nothing(
    door: Door, evening: Evening, who: str | None, path: str
) -> None:
    seen, page = see(door, evening, who, path)
    assert "<title>Notes</title>" in page
    assert [words for words in seen.outside if TOPIC.search(words)] == []
    assert re.search(r"og:|twitter:|description", page[: page.index("</head>")]) is None


@pytest.mark.promise("I5", "W5")
@pytest.mark.parametrize(("who", "path"), PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    door: Door, evening: Evening, who: str | None, path: str
) -> None:
    seen, _page = see(door, evening, who, path)
    assert seen.inline == []
    assert [address for address in seen.loaded if not address.startswith("/static/")] == []


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_no_exclamation_mark_and_no_hard_word(
    door: Door, evening: Evening, who: str | None, path: str
) -> None:
    _seen, page = see(door, evening, who, path)
    words = re.sub(r"<[^>]*>|&[#\w]+;", " ", page[page.index("<body") :])
    assert "!" not in words
    assert re.findall(r"\b(?:error|invalid|denied|failed|illegal|forbidden)\b", words, re.I) == []


@pytest.mark.parametrize("code", [400, 403, 404, 413, 429, 500, 503])
def test_every_refusal_is_a_calm_page_with_help_and_leave(code: int) -> None:
    answer = errors._answer(_request(), code, "code", "A kind sentence.")
    page = answer.content.decode()
    assert answer.status_code == code
    assert "A kind sentence." in page
    assert 'href="/help"' in page
    assert 'action="/leave"' in page
    assert str(code) not in re.sub(r"<[^>]*>", "", page)


def _request() -> HttpRequest:
    return RequestFactory().get("/somewhere")


def test_the_front_end_is_built_with_all_its_entries() -> None:
    """Fails while it is not: pages would stand there without look and script."""
    manifest = page_tags._manifest()
    assert manifest is not None, "build the front end first: manage.py test does"
    assert {"room", "desk", "pages"} == set(page_tags.SOURCES)
    assert set(page_tags.SOURCES.values()) <= set(manifest)


def test_an_entry_that_is_not_built_fails_loudly() -> None:
    with pytest.raises(page_tags.NoSuchEntry):
        page_tags.entry("nothing")
