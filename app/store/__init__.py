"""The only place that knows tables: journal, projection, outbox, transactions."""
