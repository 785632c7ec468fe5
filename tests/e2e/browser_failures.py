"""Failures beside a running browser, told without parsing any source.

Before Python 3.11.8 parsing the source of a traceback in Playwright's greenlet can end in a
SystemError about the depth of recursion, in pytest itself, which takes the whole run down
(https://github.com/pytest-dev/pytest/issues/10874).
"""

from __future__ import annotations

import traceback
from collections.abc import Generator

import pytest

BROWSER = "browser"  # the fixture, as a module names it


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Give pytest the words of a failure in place of a traceback, in modules with a browser."""
    module, failed = item.getparent(pytest.Module), call.excinfo
    if failed is not None and module is not None and hasattr(module.obj, BROWSER):
        told = pytest.fail.Exception(plainly(failed.value), pytrace=False)
        if not failed.errisinstance(pytest.skip.Exception):
            call.excinfo = pytest.ExceptionInfo.from_exception(told.with_traceback(failed.tb))
    return (yield)


def plainly(error: BaseException) -> str:
    """Where an error came from and what it says; lines are looked up, never parsed."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{each.filename}:{each.lineno}: in {each.name}\n    {each.line}" for each in frames]
    return "\n".join([*lines, f"{type(error).__name__}: {error}"])
