"""Pure rules and vocabulary: commands asked, facts known, words and refusals."""
