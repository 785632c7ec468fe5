"""WeCom: one line out for all offices, an address in for each, and the smart bots' connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.adapters.postgres.leader import Leader
from bot.adapters.wecom.approvals import WeComApprovals
from bot.adapters.wecom.bot_link import BotWords
from bot.adapters.wecom.cards import own_key
from bot.adapters.wecom.config import CHANNEL, WeComConfig, read_wecom
from bot.adapters.wecom.door import WeComDoor
from bot.adapters.wecom.identity import WeComIdentity
from bot.adapters.wecom.people import WeComContacts, take_people_event
from bot.adapters.wecom.platform import Voice, WeComLine, WeComPlatform
from bot.adapters.wecom.receiver import WeComReceiver
from bot.adapters.wecom.voice import BotLinks, CalledVoice, LinkedVoice, Wording
from bot.core.people import OrgId
from bot.platforms.carried import OUTBOX_THREADS, Own, begin, carry
from bot.platforms.opening import Ground, OpenPlatform


def open_wecom(ground: Ground) -> OpenPlatform:
    """WeCom for all offices that `CHANNELS` names; nothing is called yet.

    Raises:
        ConfigurationError: the file, or a secret that it names, is missing or wrong.
    """
    configs = read_wecom(ground.settings.channels, ground.settings.environ)
    unit_of_work, clock, texts = ground.unit_of_work, ground.clock, ground.texts
    counter = begin(ground, {config.org: config.office_group for config in configs})
    line = WeComLine(configs, counter.count)
    contacts = WeComContacts(line.clients, line.loop)
    api = WeComApprovals(line.clients, line.loop, clock, texts)
    carried = carry(ground, counter, Own(api, contacts, take_people_event, own_key))
    receivers = [
        WeComReceiver(config, carried.messages, carried.events, clock, ground.notice)
        for config in configs
    ]
    links = _links(ground, receivers, carried.prefix)
    platform = WeComPlatform(
        line.loop,
        line.senders(unit_of_work, clock, texts, carried.prefix),
        carried.carrier,
        carried.cards,
        _voices(ground, configs, line, links, carried.prefix),
    )
    return OpenPlatform(
        platform=platform,
        approval_desk=carried.approvals,
        events=carried.events,
        people=carried.people,
        beats=carried.beats(platform),
        listeners=() if links is None else (links,),
        doors={(CHANNEL, str(each.config.org)): WeComDoor(each) for each in receivers},
        identities={
            org: WeComIdentity(client, line.loop)
            for org, client in line.clients.items()
            if client.config.public_url
        },
        close=line.close,
        outbox_threads=OUTBOX_THREADS,
    )


def _links(ground: Ground, receivers: Sequence[WeComReceiver], prefix: str) -> BotLinks | None:
    bots = {
        each.config.org: (each, each.config.bot)
        for each in receivers
        if each.config.bot is not None and not each.config.bot.calls_us
    }
    say = ground.texts.say
    words = BotWords(say("channels.bot_opening"), say("channels.bot_sorry"), prefix)
    return BotLinks(bots, Leader(ground.database), words) if bots else None


def _voices(
    ground: Ground,
    configs: Sequence[WeComConfig],
    line: WeComLine,
    links: BotLinks | None,
    prefix: str,
) -> Mapping[OrgId, Voice]:
    voices: dict[OrgId, Voice] = {}
    for config in configs:
        wording = Wording(config, ground.texts, prefix)
        if config.bot is None:
            continue
        if config.bot.calls_us:
            client = line.clients[config.org]
            voices[config.org] = CalledVoice(
                wording, ground.clock, client, line.loop, ground.unit_of_work
            )
        elif links is not None:
            voices[config.org] = LinkedVoice(wording, ground.clock, links)
    return voices
