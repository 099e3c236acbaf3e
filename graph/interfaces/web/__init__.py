"""The pages with the whole corpus behind them, on this machine alone."""
