"""Frozen dataclasses to JSON-native values and back, exactly."""

import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Convert = Callable[[Any], Any]


def dump(value: Any) -> Any:
    """JSON-native form: a dataclass becomes an object with its class name under "is", a datetime ISO 8601 in UTC."""
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, (tuple, list)):
        return [dump(item) for item in value]
    if isinstance(value, dict):
        return {key: dump(item) for key, item in value.items()}
    kind: Any = type(value)
    return {"is": kind.__name__, **{name: dump(getattr(value, name)) for name in _names(kind)}}


def load(kind: Any, data: Any) -> Any:
    """The value of type `kind` that `dump` wrote; ValueError or KeyError when `data` is of another shape."""
    return _converter(kind)(data)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(item.name for item in fields(kind))


@cache
def _converter(kind: Any) -> Convert:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return _load_union(arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        item = _converter(arguments[0])
        return lambda data: tuple(map(item, data))
    if origin is tuple:
        items = [_converter(argument) for argument in arguments]
        return lambda data: tuple(convert(value) for convert, value in zip(items, data, strict=True))
    if origin is dict:
        value_of = _converter(arguments[1])
        return lambda data: {key: value_of(value) for key, value in data.items()}
    if kind is datetime:
        return datetime.fromisoformat
    if is_dataclass(kind):
        return _load_dataclass(typing.cast(type, kind))
    if kind is float:
        return float
    if origin is Literal or kind in (str, int, bool, Any, type(None)):
        return lambda data: data
    raise TypeError(f"no JSON form for {kind!r}")


def _load_union(arguments: tuple[Any, ...]) -> Convert:
    options = [argument for argument in arguments if argument is not type(None)]
    if len(options) == 1:
        only = _converter(options[0])
        return lambda data: None if data is None else only(data)
    named = {option.__name__: _converter(option) for option in options}
    return lambda data: None if data is None else named[data["is"]](data)


def _load_dataclass(kind: type) -> Convert:
    hints = typing.get_type_hints(kind)
    converters = {name: _converter(hints[name]) for name in _names(kind)}

    def build(data: dict[str, Any]) -> Any:
        if data.get("is") != kind.__name__:
            raise ValueError(f"expected {kind.__name__}, got {data.get('is')!r}")
        return kind(**{name: convert(data[name]) for name, convert in converters.items() if name in data})

    return build
