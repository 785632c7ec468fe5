"""A stand-in for DingTalk: a process of its own that answers, limits and fails as DingTalk does."""
