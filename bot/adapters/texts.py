"""The words for people, read from `bot/web/texts/*.yml`."""

from __future__ import annotations

from pathlib import Path

import yaml

from bot.core.errors import ConfigurationError

TEXTS_FOLDER = Path(__file__).parent.parent / "web" / "texts"


class YamlTexts:
    """Sentences by dotted key: `say("leave.filed", days=3)` reads `leave.yml`, key `filed`."""

    def __init__(self, folder: Path = TEXTS_FOLDER) -> None:
        self._texts: dict[str, str] = {}
        for path in sorted(folder.glob("*.yml")):
            entries = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            self._texts |= {f"{path.stem}.{key}": str(text) for key, text in entries.items()}

    def say(self, key: str, **fields: object) -> str:
        """The sentence of a key.

        Raises:
            ConfigurationError: the key or a field that its sentence names is missing.
        """
        try:
            return self._texts[key].format(**fields).rstrip("\n")
        except KeyError as error:
            raise ConfigurationError("text_missing", key=key, missing=str(error)) from error

    def has(self, key: str) -> bool:
        """Whether there is a sentence for the key."""
        return key in self._texts
