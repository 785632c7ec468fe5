"""A fault run: people talk, approvers click, and all the while something breaks."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.dingtalk.process import StandIn
from tests.faults.worker import ASK, YES
from tests.faults.world import GROUPS

SILENT_S = 12.0  # longer than any call waits
MOST_OPEN = 40  # messages on their way at once
REPLICAS = 2
AHEAD = 60  # messages
STUCK_S = 150.0  # nothing to be seen for so long: somebody waits in vain
DAYS = [f"12月{day}日" for day in (7, 8, 9, 10, 11, 14, 15, 16, 17, 18)]
SUMMARY, FILED = "leave.schema", "approval.schema"  # the cards of a leave
GROUP_SHARE = 0.5
ENDS = ("announced", "close", "abort")
FAULTS = (  # on every call, token and gateway included
    ("error_before", 0.02),
    ("error_after", 0.02),
    ("cut_after", 0.02),
    ("throttle", 0.01),
    ("timeout_after", 0.004),
    ("black_hole", 0.004),
)


@dataclass(frozen=True)
class Plan:
    """How much of everything. `seed` makes the same run again, but for the machine's own whims."""

    messages: int = 2000  # questions, and two for each approval
    approvals: int = 300
    kills: int = 15
    seed: int = 1


@dataclass
class Service:
    """Two processes of the service, side by side; now and then one is killed with signal 9."""

    environment: Mapping[str, str]
    processes: list[subprocess.Popen[str]] = field(default_factory=list)
    kills: int = 0

    def start(self) -> None:
        """Start both and wait until they work."""
        self.processes = [self._process() for _ in range(REPLICAS)]
        while not self.is_whole:
            time.sleep(0.1)

    @property
    def is_whole(self) -> bool:
        """Whether all processes work: only then is one of them killed."""
        for process in self.processes:
            if process.poll() is not None:
                raise RuntimeError("the service has died by itself")
        return all(process in self._working for process in self.processes)

    def kill(self, which: int) -> None:
        """Kill one as the kernel would, and begin to start another in its place."""
        self.processes[which].send_signal(signal.SIGKILL)
        self.processes[which].wait()
        self.kills += 1
        self.processes[which] = self._process()

    def stop(self) -> None:
        """Let them end in good order."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait()

    def __post_init__(self) -> None:
        self._working: set[subprocess.Popen[str]] = set()

    def _process(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.worker"],
            stdout=subprocess.PIPE,
            env=dict(self.environment),
            text=True,
        )
        threading.Thread(target=self._await, args=(process,), daemon=True).start()
        return process

    def _await(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is None:
            raise RuntimeError("the service has no pipe")
        with process.stdout as said:
            if said.readline() == "working\n":
                self._working.add(process)


@dataclass
class Asker:
    """Somebody who asks for leave, one after the other, and confirms what he is shown."""

    userid: str
    days: deque[str] = field(default_factory=deque)
    awaits: str = ""  # the card to come; empty: nothing

    def next_words(self, seen: Counter[tuple[str, str]]) -> str | None:
        """What he says now; None: nothing. `seen` are the cards that have come since."""
        if self.awaits and not seen[self.userid, self.awaits]:
            return None
        if self.awaits == SUMMARY:
            self.awaits = FILED
            return YES
        self.awaits = SUMMARY if self.days else ""
        return f"{self.days.popleft()}请事假一天,在县城搬家" if self.days else None


@dataclass
class Run:
    """Leads one run on a stand-in and a service that are there."""

    plan: Plan
    stand_in: StandIn
    service: Service
    askers: list[Asker]
    said: list[str] = field(default_factory=list)  # msgIds
    questions: int = 0
    breaks: int = 0
    looked: int = 0  # the last thing seen
    moved_at: float = field(default_factory=time.monotonic)  # when something was seen last
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.plan.seed)  # noqa: S311 - a repeatable run, no secret
        for n in range(self.plan.approvals):
            asker = self.askers[n % len(self.askers)]
            asker.days.append(DAYS[len(asker.days)])

    def go(self) -> None:
        """Say everything while things break; then let all come to an end."""
        self._break_calls()
        kills = self.plan.kills
        kill_at = [self.plan.messages * (n + 1) // (kills + 2) for n in range(kills)]
        break_at = 0
        while self._goes_on():
            if kill_at and len(self.said) >= kill_at[0] and self.service.is_whole:
                kill_at.pop(0)
                self.service.kill(self.chance.randrange(REPLICAS))
            if len(self.said) >= break_at:
                break_at = len(self.said) + 25
                self._break_link()
            while self._on_their_way() > MOST_OPEN or self._is_ahead(kill_at):
                time.sleep(0.1)
        self.stand_in.plan()

    def _is_ahead(self, kill_at: Sequence[int]) -> bool:
        """Whether so much was said that the next kill would come too late."""
        late = bool(kill_at) and len(self.said) > kill_at[0] + AHEAD
        return late and not self.service.is_whole

    def click(self) -> bool:
        """Let every approver whose turn it is agree in the app; False: nobody's was."""
        running = [a["id"] for a in self.stand_in.ask("approvals") if a["status"] == "RUNNING"]
        for approval in running:
            self.stand_in.order(f"approvals/{approval}", {"result": "agree"})
        return bool(running)

    def _goes_on(self) -> bool:
        """Say some more; False: all was said."""
        for _ in range(10):
            if self.questions < self.plan.messages - 2 * self.plan.approvals:
                self._ask()
        before, seen = self.looked, self._seen()
        for asker in self.askers:
            if words := asker.next_words(seen):
                self._say(asker.userid, words)
        self.click()
        if self.looked != before:
            self.moved_at = time.monotonic()
        stuck = time.monotonic() - self.moved_at > STUCK_S
        return len(self.said) < self.plan.messages and not stuck

    def _ask(self) -> None:
        where = {"group": self.chance.choice(GROUPS)} if self.chance.random() < GROUP_SHARE else {}
        self._say(self.chance.choice(self.askers).userid, f"{ASK}{self.questions}", **where)
        self.questions += 1

    def _say(self, userid: str, text: str, **more: str) -> None:
        body = {"userid": userid, "text": text} | more
        self.said.append(self.stand_in.order("say", body)["msgId"])

    def _seen(self) -> Counter[tuple[str, str]]:
        """The cards that came since the last look, by person and template."""
        news = self.stand_in.sent(after=self.looked)
        self.looked = news[-1]["number"] if news else self.looked
        return Counter((each["to"], each["param"].get("cardTemplateId", "")) for each in news)

    def _on_their_way(self) -> int:
        told = self.stand_in.ask("deliveries")
        return sum(not each["acknowledged"] and not each["given_up"] for each in told)

    def _break_calls(self) -> None:
        plans: list[dict[str, Any]] = [
            {"fault": fault, "path": path, "rate": rate, "times": 10**6, "seconds": SILENT_S}
            for path in ("/v1.0", "/robot", "/topapi")
            for fault, rate in FAULTS
        ]
        self.stand_in.plan(*plans)

    def _break_link(self) -> None:
        self.breaks += 1
        self.stand_in.order("links/end", {"how": self.chance.choice(ENDS)})
