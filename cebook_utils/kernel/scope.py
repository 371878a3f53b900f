"""What the reader asks of the words that are declared."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol


class Function(Protocol):
    """What the reader asks of a function."""

    @property
    def params(self) -> tuple[str, ...]: ...
    @property
    def folds(self) -> bool: ...


class Scope(Protocol):
    """The declared words; a Setting is one."""

    @property
    def sizes(self) -> Mapping[str, int]: ...
    @property
    def letters(self) -> Mapping[str, str]: ...
    @property
    def ranges(self) -> Mapping[str, tuple[str, ...]]: ...
    @property
    def functions(self) -> Mapping[str, Function]: ...
    @property
    def hidden(self) -> Mapping[str, AbstractSet[str]]: ...
