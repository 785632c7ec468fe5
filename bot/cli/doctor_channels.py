"""`doctor` for the platforms: is each office's app set up in the platform's console?"""

from __future__ import annotations

from bot.adapters.dingtalk.config import read_dingtalk
from bot.adapters.dingtalk.doctor import DingTalkDoctor
from bot.adapters.dingtalk.people import DingTalkContacts
from bot.adapters.dingtalk.platform import DingTalkLine
from bot.adapters.texts import YamlTexts
from bot.adapters.wecom.config import read_wecom
from bot.adapters.wecom.doctor import WeComDoctor
from bot.adapters.wecom.people import WeComContacts
from bot.adapters.wecom.platform import WeComLine
from bot.cli.findings import Finding
from bot.core.errors import ConfigurationError
from bot.core.people import OrgId
from bot.services.error_words import error_words
from bot.services.outside import Texts
from bot.settings import Settings

PLATFORMS = {"dingtalk": "DingTalk", "wecom": "WeCom"}


def examine_platforms(settings: Settings) -> list[Finding]:
    """Look at the platform in use, and say that the others are not."""
    try:
        found = _EXAMINERS[settings.platform](settings) if settings.platform in _EXAMINERS else []
    except ConfigurationError as error:
        found = [Finding(PLATFORMS[settings.platform], False, error_words(error, YamlTexts()))]
    words = f"not configured: PLATFORM={settings.platform}"
    if settings.platform not in PLATFORMS:
        words += ", messages and approvals stay on the embedded platform"
    others = [name for platform, name in PLATFORMS.items() if platform != settings.platform]
    return found + [Finding(name, False, words, needed=False) for name in others]


def _examine_dingtalk(settings: Settings) -> list[Finding]:
    line = DingTalkLine(read_dingtalk(settings.channels, settings.environ), _uncounted)
    contacts = DingTalkContacts(line.clients, line.loop)
    texts = YamlTexts()
    try:
        doctors = [
            DingTalkDoctor(each, line.loop, contacts, texts) for each in line.clients.values()
        ]
        return [found for each in doctors for found in _of_office("DingTalk", each, texts)]
    finally:
        contacts.close()
        line.close()


def _examine_wecom(settings: Settings) -> list[Finding]:
    line = WeComLine(read_wecom(settings.channels, settings.environ), _uncounted)
    contacts, texts = WeComContacts(line.clients, line.loop), YamlTexts()
    try:
        doctors = [WeComDoctor(each, line.loop, contacts, texts) for each in line.clients.values()]
        return [found for each in doctors for found in _of_office("WeCom", each, texts)]
    finally:
        line.close()


_EXAMINERS = {"dingtalk": _examine_dingtalk, "wecom": _examine_wecom}


def _uncounted(org: OrgId, channel: str, api: str) -> None:
    """The calls of an examination are few."""


def _of_office(platform: str, doctor: DingTalkDoctor | WeComDoctor, texts: Texts) -> list[Finding]:
    return [
        Finding(
            f"{platform} {doctor.client.config.org} {texts.say(f'channels.check_{check.name}')}",
            check.ok,
            check.words,
            check.needed,
            check.hint,
        )
        for check in doctor.examine()
    ]
