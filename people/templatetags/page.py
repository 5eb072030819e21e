"""What every page needs from outside its view: the built front end, and where Leave leads to."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django import template
from django.conf import settings
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

SOURCES: Final = {
    "room": "src/room/main.tsx",
    "desk": "src/desk/main.tsx",
    "pages": "src/pages/main.ts",
}


class NoSuchEntry(Exception):
    """A template asks for an entry that the front end does not build."""


@register.simple_tag
def entry(name: str) -> SafeString:
    """Style and script tags of one built entry; one plain sentence while nothing is built."""
    manifest = _manifest()
    if manifest is None:
        return format_html("<meta name=front-end content={}>", "not-built")
    if SOURCES.get(name) not in manifest:
        raise NoSuchEntry(f"The front end has no entry {name!r}: build it again.")
    chunks = _with_imports(manifest, SOURCES[name])
    styles = dict.fromkeys(css for chunk in chunks for css in chunk.get("css", []))
    return format_html(
        '{}{}<script type="module" src="{}"></script>',
        format_html_join("", '<link rel="stylesheet" href="{}">', _addresses(styles)),
        format_html_join(
            "", '<link rel="modulepreload" href="{}">', _addresses(it["file"] for it in chunks[:-1])
        ),
        settings.STATIC_URL + chunks[-1]["file"],
    )


@register.simple_tag
def not_built() -> str:
    """What to say on the page when the front end is missing; empty otherwise."""
    if _manifest() is not None:
        return ""
    return _("The front end is not built yet. Start with manage.py up, and it will be.")


@register.simple_tag
def exit_to() -> str:
    """The neutral page that Leave goes to."""
    return str(settings.EXIT_ADDRESS)


@register.simple_tag
def neutral_title() -> str:
    """The title of every tab. It must tell nobody who looks over a shoulder anything."""
    return _("Notes")


@register.filter
def in_words(number: int) -> str:
    """A small number as a sentence begins with it."""
    words = [_("One"), _("Two"), _("Three"), _("Four"), _("Five"), _("Six"), _("Seven"), _("Eight")]
    return words[number - 1] if 1 <= number <= len(words) else str(number)


@register.simple_tag
def as_input(field: BoundField) -> SafeString:
    """A form field in our look, tied to what is wrong with it."""
    more: dict[str, Any] = {"class": "input", "placeholder": False}
    if field.errors:
        more["aria-invalid"] = "true"
    return field.as_widget(attrs=more)


def _addresses(files: Any) -> list[tuple[str]]:
    return [(settings.STATIC_URL + file,) for file in files]


def _with_imports(manifest: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The chunk and everything that it imports, each once, what is imported first.

    Styles keep this order, so that a page's own rules come after the shared ones.
    """
    found: dict[str, dict[str, Any]] = {}

    def visit(name: str) -> None:
        if name not in found:
            for needed in manifest[name].get("imports", []):
                visit(needed)
            found[name] = manifest[name]

    visit(key)
    return list(found.values())


def _manifest() -> dict[str, Any] | None:
    path = Path(settings.STATIC_ROOT) / ".vite" / "manifest.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> dict[str, Any]:
    manifest: dict[str, Any] = json.loads(path.read_bytes())
    return manifest
