"""WeCom: one line out for all offices, an address in for each, and the smart bots' connections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

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
from bot.core.platform_events import EventKind
from bot.platforms.opening import Ground, OpenPlatform
from bot.services.approval_filer import CERTAIN_AFTER, ApprovalFiler
from bot.services.calls import CallCounter
from bot.services.cards import CardDesk, CardLog, installation_id
from bot.services.carried_approvals import CarriedApprovals
from bot.services.channel_messages import ChannelDesk
from bot.services.feedback import FeedbackDesk
from bot.services.people_sync import PeopleSync
from bot.services.platform_events import LEASE_S, Handler, PlatformEventDesk
from bot.services.supervision_groups import name_groups

OUTBOX_THREADS = 6  # one that waits for an answer in vain must not hold up the others


def open_wecom(ground: Ground) -> OpenPlatform:
    """WeCom for all offices that `CHANNELS` names; nothing is called yet.

    Raises:
        ConfigurationError: the file, or a secret that it names, is missing or wrong.
    """
    configs = read_wecom(ground.settings.channels, ground.settings.environ)
    unit_of_work, clock, texts = ground.unit_of_work, ground.clock, ground.texts
    name_groups(unit_of_work, {config.org: config.office_group for config in configs})
    counter = CallCounter(unit_of_work, clock)
    line = WeComLine(configs, counter.count)
    api = WeComApprovals(line.clients, line.loop, clock, texts)
    speed = ground.settings.platform_speed
    carrier = ApprovalFiler(api, unit_of_work, clock, texts, CERTAIN_AFTER / speed)
    approvals = CarriedApprovals(unit_of_work, clock, ground.leave_desk, texts, carrier)
    people = PeopleSync(unit_of_work, clock, WeComContacts(line.clients, line.loop))
    prefix = installation_id(unit_of_work)
    feedback = FeedbackDesk(unit_of_work, clock, partial(own_key, prefix))
    handlers: dict[EventKind, Handler] = {
        EventKind.APPROVAL: approvals.take,
        EventKind.FEEDBACK: feedback.take,
        EventKind.PEOPLE: partial(take_people_event, people),
    }
    events = PlatformEventDesk(unit_of_work, clock, handlers, LEASE_S / speed)
    receivers = _receivers(ground, configs, events)
    links = _links(ground, receivers, prefix)
    platform = WeComPlatform(
        line.loop,
        line.senders(unit_of_work, clock, texts, prefix),
        carrier,
        CardLog(unit_of_work, clock, texts),
        _voices(ground, configs, line, links, prefix),
    )
    return OpenPlatform(
        platform=platform,
        approval_desk=approvals,
        events=events,
        people=people,
        beats=(
            people.tick,
            approvals.reconcile,
            CardDesk(unit_of_work, clock, platform, texts).tick,
            counter.tick,
        ),
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


def _receivers(
    ground: Ground, configs: Sequence[WeComConfig], events: PlatformEventDesk
) -> list[WeComReceiver]:
    desk = ChannelDesk(ground.unit_of_work, ground.clock, ground.reception, ground.texts)
    return [WeComReceiver(config, desk, events, ground.clock, ground.notice) for config in configs]


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
