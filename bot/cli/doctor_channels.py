"""`doctor` for the platforms: is each office's app set up in the platform's console?"""

from __future__ import annotations

from bot.adapters.dingtalk.config import read_dingtalk
from bot.adapters.dingtalk.doctor import DingTalkDoctor
from bot.adapters.dingtalk.people import DingTalkContacts
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.texts import YamlTexts
from bot.cli.findings import Finding
from bot.core.errors import ConfigurationError
from bot.services.error_words import error_words
from bot.settings import Settings

PLATFORMS = {"dingtalk": "DingTalk", "wecom": "WeCom"}


def examine_platforms(settings: Settings) -> list[Finding]:
    """Look at the platform in use, and say that the others are not."""
    found = _examine_dingtalk(settings) if settings.platform == "dingtalk" else []
    words = f"not configured: PLATFORM={settings.platform}"
    if settings.platform not in PLATFORMS:
        words += ", messages and approvals stay on the embedded platform"
    others = [name for platform, name in PLATFORMS.items() if platform != settings.platform]
    return found + [Finding(name, False, words, needed=False) for name in others]


def _examine_dingtalk(settings: Settings) -> list[Finding]:
    try:
        configs = read_dingtalk(settings.channels, settings.environ)
    except ConfigurationError as error:
        return [Finding("DingTalk", False, error_words(error, YamlTexts()))]
    line = DingTalkLine(configs, lambda org, channel, api: None)
    contacts = DingTalkContacts(line.clients, line.loop)
    try:
        return [
            finding
            for client in line.clients.values()
            for finding in _of_office(DingTalkDoctor(client, line.loop, contacts, YamlTexts()))
        ]
    finally:
        contacts.close()
        line.close()


def _of_office(doctor: DingTalkDoctor) -> list[Finding]:
    org, texts = doctor.client.config.org, doctor.texts
    return [
        Finding(
            f"DingTalk {org} {texts.say(f'channels.check_{check.name}')}",
            check.ok,
            check.words,
            check.needed,
            check.hint,
        )
        for check in doctor.examine()
    ]
