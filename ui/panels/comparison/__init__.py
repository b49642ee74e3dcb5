"""« Comparer deux dossiers »: two records that may be one human, and the decision (07b)."""

from ui.panels.comparison.card import ComparisonCard as ComparisonCard
