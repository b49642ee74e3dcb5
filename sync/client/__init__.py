"""The console's end: replica, outbox, feed, what works without the network."""
