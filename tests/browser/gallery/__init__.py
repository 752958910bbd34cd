"""Every component on a few pages made for our own eyes and for axe; no database behind them."""
