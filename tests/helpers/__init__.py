"""What tests share: made worlds, oracles, a browser, the command."""
