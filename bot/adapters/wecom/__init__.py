"""WeCom (企业微信): out through its app, its group robots and its smart bot, and back in."""
