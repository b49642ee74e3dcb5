"""A console of a desk in a process of its own, which a test drives, cuts off, kills and starts again."""
