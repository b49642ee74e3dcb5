"""The outside lines, each held to the same contract."""
