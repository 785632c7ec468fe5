"""DingTalk: one line out for all offices, and one link or address in for each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bot.adapters.dingtalk.approvals import DingTalkApprovals
from bot.adapters.dingtalk.cards import own_key
from bot.adapters.dingtalk.config import CHANNEL, DingTalkConfig, Mode, read_dingtalk
from bot.adapters.dingtalk.door import DingTalkDoor
from bot.adapters.dingtalk.identity import DingTalkIdentity
from bot.adapters.dingtalk.people import DingTalkContacts, take_people_event
from bot.adapters.dingtalk.platform import DingTalkLine, DingTalkPlatform
from bot.adapters.dingtalk.receiver import DingTalkReceiver
from bot.adapters.dingtalk.stream import DingTalkStreams
from bot.adapters.dingtalk.todos import DingTalkTodos
from bot.adapters.postgres.leader import Leader
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
from bot.services.todos import TodoDesk

OUTBOX_THREADS = 6  # one that waits for an answer in vain must not hold up the others


def open_dingtalk(ground: Ground) -> OpenPlatform:
    """DingTalk for all offices that `CHANNELS` names; nothing is called yet.

    Raises:
        ConfigurationError: the file, or a secret that it names, is missing or wrong.
    """
    configs = read_dingtalk(ground.settings.channels, ground.settings.environ)
    unit_of_work, clock, texts = ground.unit_of_work, ground.clock, ground.texts
    name_groups(unit_of_work, {config.org: config.office_group for config in configs})
    counter = CallCounter(unit_of_work, clock)
    line = DingTalkLine(configs, counter.count)
    api = DingTalkApprovals(line.clients, line.loop, texts)
    speed = ground.settings.platform_speed
    carrier = ApprovalFiler(api, unit_of_work, clock, texts, CERTAIN_AFTER / speed)
    approvals = CarriedApprovals(unit_of_work, clock, ground.leave_desk, texts, carrier)
    contacts = DingTalkContacts(line.clients, line.loop)
    people = PeopleSync(unit_of_work, clock, contacts)
    lists = DingTalkTodos(line.clients, line.loop, unit_of_work)
    prefix = installation_id(unit_of_work)
    feedback = FeedbackDesk(unit_of_work, clock, partial(own_key, prefix))
    handlers: dict[EventKind, Handler] = {
        EventKind.APPROVAL: approvals.take,
        EventKind.FEEDBACK: feedback.take,
        EventKind.PEOPLE: partial(take_people_event, people),
    }
    events = PlatformEventDesk(unit_of_work, clock, handlers, LEASE_S / speed)
    receivers = _receivers(ground, configs, events)

    def close() -> None:
        contacts.close()
        line.close()

    senders = line.senders(unit_of_work, clock, texts, prefix)
    log = CardLog(unit_of_work, clock, texts)
    platform = DingTalkPlatform(line.loop, senders, carrier, log)
    return OpenPlatform(
        platform=platform,
        approval_desk=approvals,
        events=events,
        people=people,
        beats=(
            people.tick,
            approvals.reconcile,
            TodoDesk(unit_of_work, clock, lists, texts).tick,
            CardDesk(unit_of_work, clock, platform, texts).tick,
            counter.tick,
        ),
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


def _receivers(
    ground: Ground, configs: Sequence[DingTalkConfig], events: PlatformEventDesk
) -> list[DingTalkReceiver]:
    desk = ChannelDesk(ground.unit_of_work, ground.clock, ground.reception, ground.texts)
    return [
        DingTalkReceiver(config, desk, events, ground.clock, ground.notice) for config in configs
    ]


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
