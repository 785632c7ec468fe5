"""How each platform is put together, for `bot.bootstrap`."""
