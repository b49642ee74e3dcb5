"""Who is asking: accounts, passwords and the tokens that stand for them."""
