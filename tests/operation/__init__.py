"""The operator's pages, typed as they are in a bare root."""
