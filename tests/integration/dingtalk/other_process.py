"""Another replica that receives: `python -m ... DATABASE_URL STAND_IN_URL`, until it is killed."""

from __future__ import annotations

import sys
import time
from functools import partial

from sqlalchemy import make_url

from bot.adapters.dingtalk.stream import DingTalkStreams
from bot.adapters.postgres.engine import make_engine
from bot.adapters.postgres.leader import Leader
from bot.adapters.postgres.unit_of_work import SqlUnitOfWork
from tests.fakes.dingtalk.process import StandIn
from tests.integration.dingtalk.offices import config_of
from tests.integration.dingtalk.receiving import receiving

url, stand_in = make_url(sys.argv[1]), StandIn(sys.argv[2])
engine = make_engine(url)
bot = receiving(config_of(stand_in), engine, partial(SqlUnitOfWork, engine))
DingTalkStreams([bot.receiver], Leader(url)).start()
while True:
    time.sleep(1)
