"""DingTalk: one line out for all offices, and one link or address in for each."""

from __future__ import annotations

from collections.abc import Sequence

from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.cards import own_key
from bot.adapters.dingtalk.config import CHANNEL, Mode, read_dingtalk
from bot.adapters.dingtalk.door import DingTalkDoor
from bot.adapters.dingtalk.identity import DingTalkIdentity
from bot.adapters.dingtalk.judgements import DingTalkJudgements
from bot.adapters.dingtalk.people import DingTalkContacts, take_people_event
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.adapters.dingtalk.stream import DingTalkStreams
from bot.adapters.dingtalk.todos import DingTalkTodos
from bot.adapters.postgres.leader import Leader
from bot.platforms.carried import OUTBOX_THREADS, Own, begin, carry
from bot.platforms.opening import Ground, OpenPlatform
from bot.services.todos import TodoDesk


def open_dingtalk(ground: Ground) -> OpenPlatform:
    """DingTalk for all offices that `CHANNELS` names; nothing is called yet.

    Raises:
        ConfigurationError: the file, or a secret that it names, is missing or wrong.
    """
    configs = read_dingtalk(ground.settings.channels, ground.settings.environ)
    unit_of_work, clock, texts = ground.unit_of_work, ground.clock, ground.texts
    counter = begin(ground, {config.org: config.office_group for config in configs})
    line = DingTalkLine(configs, counter.count)
    contacts = DingTalkContacts(line.clients, line.loop)
    api = DingTalkApprovals(line.clients, line.loop, texts)
    judgements = DingTalkJudgements(line.clients, line.loop, texts)
    own = Own(api, contacts, take_people_event, own_key, judgements.show)
    carried = carry(ground, counter, own)
    receivers = [
        DingTalkReceiver(config, carried.messages, carried.events, clock, ground.notice)
        for config in configs
    ]
    senders = line.senders(unit_of_work, clock, texts, carried.prefix)
    platform = DingTalkPlatform(line.loop, senders, carried.carrier, carried.cards)
    lists = DingTalkTodos(line.clients, line.loop, unit_of_work)

    def close() -> None:
        contacts.close()
        line.close()

    return OpenPlatform(
        platform=platform,
        approval_desk=carried.approvals,
        events=carried.events,
        people=carried.people,
        beats=carried.beats(platform, TodoDesk(unit_of_work, clock, lists, texts).tick),
        listeners=_listeners(ground, receivers),
        doors=_doors(receivers),
        identities={
            org: DingTalkIdentity(client, line.loop)
            for org, client in line.clients.items()
            if client.config.public_url
        },
        close=close,
        outbox_threads=OUTBOX_THREADS,
        broadcast=platform,
        calls_allowed={config.org: config.limits.calls_per_month for config in configs},
    )


def _listeners(
    ground: Ground, receivers: Sequence[DingTalkReceiver]
) -> tuple[DingTalkStreams, ...]:
    streaming = [each for each in receivers if each.config.mode is Mode.STREAM]
    return (DingTalkStreams(streaming, Leader(ground.database)),) if streaming else ()


def _doors(receivers: Sequence[DingTalkReceiver]) -> dict[tuple[str, str], DingTalkDoor]:
    return {
        (CHANNEL, str(each.config.org)): DingTalkDoor(each)
        for each in receivers
        if each.config.mode is Mode.HTTP
    }
