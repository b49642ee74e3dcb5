"""The board's own figures under the names of the recount, so that both can be laid side by side."""

from app.demo.recount import Figures
from app.queries.board import Board


def shown_figures(board: Board) -> Figures:
    """The strip of the day, then each queue that received a call; times in seconds."""
    day, felt = board.day, board.day.felt_wait
    shown: Figures = {
        "received": day.received,
        "answered": day.answered,
        "abandoned": day.abandoned,
        "identified": day.identification.part,
        "contacts": day.identification.base,
        "felt_wait_s": None if felt is None else round(felt.total_seconds(), 1),
        "lost": day.lost.share.part,
        "callers": day.lost.share.base,
        "hidden_unreached": day.lost.hidden,
    }
    for tile in board.tiles:
        if tile.received:
            shown |= {
                f"{tile.queue}.received": tile.received,
                f"{tile.queue}.base": tile.service_level.base,
                f"{tile.queue}.in_level": tile.service_level.part,
                f"{tile.queue}.abandoned": tile.abandon_rate.part,
                f"{tile.queue}.waiting": tile.waiting,
            }
    return shown


def differences(board: Board, counted: Figures) -> list[str]:
    """Each figure that is not the same, with what is shown and what was counted."""
    shown = shown_figures(board)
    return [
        f"{name}: {shown.get(name)} shown, {counted.get(name)} counted"
        for name in sorted(shown.keys() | counted.keys())
        if shown.get(name) != counted.get(name)
    ]
