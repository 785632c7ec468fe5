"""The indexes of editions, opened when they are needed, and the first look over many of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.core.people import OrgId
from bot.core.rules import Edition
from knowledge.answer.rarity import Rarity
from knowledge.search.bridge import carried, load_bridge
from knowledge.search.embedders import Embedder, Vectors
from knowledge.search.index import RuleIndex, open_index
from knowledge.search.library import Library, open_library
from knowledge.search.searching import Searcher
from knowledge.search.words import shared_words

FEW = 8  # editions that are all searched
NEAREST = 2  # of more than a few, those that are searched
KEPT = 128  # open editions, 2 to 3 MB each


class OpenEditions:
    """Safe to use from several threads.

    `bridges`: what the fitting itself has given for each office; else the shipped one.
    """

    def __init__(
        self,
        editions: Sequence[Edition],
        embedder: Embedder,
        folder: Path,
        bridges: Mapping[OrgId, Vectors] | None = None,
    ) -> None:
        self._editions, self._embedder, self._folder = editions, embedder, folder
        self._bridges = bridges
        self._shipped = load_bridge(embedder.model_name) if bridges is None else None
        self._searchers: OrderedDict[str, tuple[Searcher, Rarity]] = OrderedDict()
        self._libraries: dict[OrgId, Library] = {}
        self._lock = threading.Lock()

    def searcher(self, edition: Edition) -> tuple[Searcher, Rarity]:
        """What searches an edition; its index is built where it is absent or stale."""
        with self._lock:
            found = self._searchers.pop(edition.id, None) or self._opened(edition)
            self._searchers[edition.id] = found
            while len(self._searchers) > KEPT:
                self._searchers.popitem(last=False)
            return found

    def prepare(self, org: OrgId, editions: Sequence[Edition]) -> None:
        """Open what questions to an office will need, building what is absent or stale."""
        if len(editions) > FEW:
            self._library(org)
            return
        for edition in editions:
            self.searcher(edition)

    def nearest(self, org: OrgId, editions: Sequence[Edition], question: str) -> Sequence[Edition]:
        """Those of an office's editions that are worth a search; all of a few."""
        if len(editions) <= FEW:
            return editions
        tokens = shared_words().of_question(question)
        vector = carried(self._embedder.query(question), self._bridge(org))
        among = {edition.id for edition in editions}
        return self._library(org).nearest(question, tokens, vector, among, NEAREST)

    def _library(self, org: OrgId) -> Library:
        with self._lock:
            if org not in self._libraries:
                own = [edition for edition in self._editions if edition.org == org]
                place = self._folder / f"{org}-library"
                model = self._embedder.model_name
                self._libraries[org] = open_library(own, self._index, shared_words(), model, place)
            return self._libraries[org]

    def _opened(self, edition: Edition) -> tuple[Searcher, Rarity]:
        index, words = self._index(edition), shared_words()
        searcher = Searcher(index, self._embedder, words, bridge=self._bridge(edition.org))
        return searcher, Rarity(edition, words)

    def _index(self, edition: Edition) -> RuleIndex:
        return open_index(edition, self._embedder, shared_words(), self._folder)

    def _bridge(self, org: OrgId) -> Vectors | None:
        return self._shipped if self._bridges is None else self._bridges.get(org)
