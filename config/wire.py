"""Writes the TypeScript of the wire from ``chat/protocol.py``, so that the two cannot differ."""

from __future__ import annotations

import json
import types
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

from chat import protocol

HEAD = """\
// Made from chat/protocol.py by `python3 manage.py protocol`. Do not edit.
/* eslint max-lines: "off" -- the wire stands in one place */
"""
PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def typescript() -> str:
    """The whole of ``frontend/src/protocol.ts``."""
    parts = [HEAD, *_constants(), "", *_aliases(), "", *_structs(), *_unions(), *_codes()]
    return "\n".join(parts).rstrip() + "\n"


def _constants() -> list[str]:
    return [
        f"export const {name} = {json.dumps(value)};"
        for name, value in vars(protocol).items()
        if name.isupper() and isinstance(value, str | int)
    ]


def _names() -> dict[str, Any]:
    """Every named type of the wire that is not a structure, in the order of the file."""
    return {
        name: value
        for name, value in vars(protocol).items()
        if get_origin(value) in (Annotated, Literal, dict) or _is_union(value)
        if not name.startswith("_") and name not in ("CLOSE_CODES", "ERR_CODES")
    }


def _aliases() -> list[str]:
    return [
        f"export type {name} = {_shape(value)};"
        for name, value in _names().items()
        if not _is_union(value)
    ]


def _unions() -> list[str]:
    lines = []
    for name, value in _names().items():
        if _is_union(value):
            members = "".join(f"\n  | {_type(member)}" for member in get_args(value))
            lines += [f"export type {name} ={members};", ""]
    return lines


def _structs() -> list[str]:
    lines = []
    for value in vars(protocol).values():
        if isinstance(value, type) and issubclass(value, Struct) and _is_sent(value):
            lines += [*_interface(value), ""]
    return lines


def _is_sent(struct: type[Struct]) -> bool:
    """Bases are only there to be inherited from: they have a tag field and subclasses."""
    return struct.__module__ == protocol.__name__ and not struct.__subclasses__()


def _interface(struct: type[Struct]) -> list[str]:
    config = struct.__struct_config__
    hints = get_type_hints(struct, include_extras=True)
    lines = [f"/** {_flow(struct.__doc__)} */", f"export interface {struct.__name__} {{"]
    if config.tag_field:
        lines.append(f"  {config.tag_field}: {json.dumps(config.tag)};")
    for field in msgspec.structs.fields(struct):
        left_out = not field.required and _may_be_left_out(struct)
        mark, note = ("?", f" // missing: {_default(field)}") if left_out else ("", "")
        lines.append(f"  {field.encode_name}{mark}: {_type(hints[field.name])};{note}")
    return [*lines, "}"]


def _may_be_left_out(struct: type[Struct]) -> bool:
    """A client may leave out what has a default; the server does where the structure says so."""
    return struct.__struct_config__.omit_defaults or issubclass(struct, protocol.ClientFrame)


def _default(field: msgspec.structs.FieldInfo) -> str:
    if field.default_factory is not msgspec.NODEFAULT:
        return json.dumps(field.default_factory())
    return json.dumps(field.default)


def _type(hint: Any) -> str:
    """A type as TypeScript, by its name where it has one."""
    for name, value in _names().items():
        if value == hint:
            return name
    return _shape(hint)


def _shape(hint: Any) -> str:
    origin, args = get_origin(hint), get_args(hint)
    if hint in PLAIN:
        return PLAIN[hint]
    if origin is Annotated:
        return _shape(args[0])
    if origin is Literal:
        return " | ".join(json.dumps(arg) for arg in args)
    if origin is dict:
        return f"Record<{_type(args[0])}, {_type(args[1])}>"
    if origin is list:
        inner = _type(args[0])
        return f"({inner})[]" if " " in inner else f"{inner}[]"
    if _is_union(hint):
        return " | ".join(_type(arg) for arg in args)
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint.__name__
    raise TypeError(f"the wire has no TypeScript for {hint!r}")


def _is_union(hint: Any) -> bool:
    return get_origin(hint) in (Union, types.UnionType)


def _codes() -> list[str]:
    """Codes as types with their sentences as comments: they cost nothing on the phone."""
    lines = ["/** Why the server closed a socket. */", "export type CloseCode ="]
    lines += [f"  | {code} // {say}" for code, say in protocol.CLOSE_CODES.items()]
    lines += ["  ;", "", "/** Why the server refused a frame. */", "export type ErrCode ="]
    lines += [f'  | "{code}" // {say}' for code, say in protocol.ERR_CODES.items()]
    return [*lines, "  ;"]


def _flow(doc: str | None) -> str:
    return " ".join((doc or "").split()).replace("None", "null")
