"""Keeping a token."""

from __future__ import annotations

import asyncio

import pytest

from bot.adapters.channels.tokens import Grant, TokenKeeper
from bot.core.errors import OutsideServiceError


class Source:
    """Gives token-1, token-2...; each is good for two hours."""

    def __init__(self, troubles: int = 0, life_s: float = 7200.0) -> None:
        self.now, self.fetched, self.troubles, self.life_s = 0.0, 0, troubles, life_s

    async def fetch(self) -> Grant:
        self.fetched += 1
        number = self.fetched
        await asyncio.sleep(0)
        if self.troubles:
            self.troubles -= 1
            raise OutsideServiceError("down")
        return Grant(f"token-{number}", self.life_s)

    def keeper(self) -> TokenKeeper:
        return TokenKeeper(self.fetch, lambda: self.now)


def test_all_who_ask_at_once_share_one_fetch() -> None:
    source = Source()

    async def ask() -> list[str]:
        keeper = source.keeper()
        return await asyncio.gather(*(keeper.token() for _ in range(8)))

    assert asyncio.run(ask()) == ["token-1"] * 8
    assert source.fetched == 1


def test_a_token_is_renewed_before_it_ends() -> None:
    source = Source()

    async def ask() -> list[str]:
        keeper = source.keeper()
        tokens = []
        for source.now in (0.0, 6899.0, 6901.0):
            tokens.append(await keeper.token())
        return tokens

    assert asyncio.run(ask()) == ["token-1", "token-1", "token-2"]


def test_a_short_lived_token_is_used_at_all() -> None:
    source = Source(life_s=60.0)

    async def ask() -> list[str]:
        keeper = source.keeper()
        first = await keeper.token()
        source.now = 50.0
        return [first, await keeper.token()]

    assert asyncio.run(ask()) == ["token-1", "token-1"]


def test_a_refused_token_is_replaced_once_however_many_were_refused() -> None:
    source = Source()

    async def ask() -> str:
        keeper = source.keeper()
        token = await keeper.token()
        keeper.refused(token)
        await keeper.token()
        keeper.refused(token)  # by a call that was slower
        return await keeper.token()

    assert asyncio.run(ask()) == "token-2"


def test_all_who_wait_hear_of_a_failure_and_the_next_one_tries_again() -> None:
    source = Source(troubles=1)

    async def ask() -> tuple[list[object], str]:
        keeper = source.keeper()
        waiting = (keeper.token() for _ in range(3))
        heard: list[object] = list(await asyncio.gather(*waiting, return_exceptions=True))
        return heard, await keeper.token()

    heard, token = asyncio.run(ask())
    assert [type(each) for each in heard] == [OutsideServiceError] * 3
    assert token == "token-2"


def test_a_fetch_goes_on_when_one_who_waits_is_cancelled() -> None:
    source = Source()

    async def ask() -> str:
        keeper = source.keeper()
        first = asyncio.create_task(keeper.token())
        second = asyncio.create_task(keeper.token())
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        return await second

    assert asyncio.run(ask()) == "token-1"
    assert source.fetched == 1


def test_a_token_never_shows() -> None:
    assert "token-1" not in repr(Grant("token-1", 60.0))
