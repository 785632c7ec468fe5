"""WeCom's stand-in started as a process."""

from __future__ import annotations

from contextlib import AbstractContextManager

from tests.fakes.channels import process
from tests.fakes.channels.process import StandIn

__all__ = ["StandIn", "running"]


def running(*options: str) -> AbstractContextManager[StandIn]:
    """The stand-in in a process of its own, on a free port."""
    return process.running("tests.fakes.wecom", *options)
