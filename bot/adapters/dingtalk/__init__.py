"""DingTalk 钉钉: messages, cards, approvals, people."""
