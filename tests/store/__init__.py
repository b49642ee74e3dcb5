"""The store on real databases: journal, rows, locks, revisions."""
