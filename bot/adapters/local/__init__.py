"""The embedded platform: everything DingTalk or WeCom would do, kept in our own database."""
