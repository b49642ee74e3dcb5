"""The history as rows: one per demand, one per contact of a demand that is unfolded."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

import msgspec

from app.domain.words import Channel
from app.queries.timeline import Timeline, TimelineEntry, TimelineGroup
from ui.contact_words import entry_text, entry_title
from ui.discretion import altered, joined
from ui.panels.timeline.words import (
    entry_tag,
    entry_tail,
    entry_time,
    group_counts,
    group_date,
    group_line,
    group_tag,
    group_title,
)
from ui.translate import say
from ui.widgets.tag import TagKind
from ui.wording import channel_icon

Kind: TypeAlias = Literal["unfolded", "folded", "entry"]
YEAR = timedelta(days=365)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown: one channel or all, the last twelve months or all, words to find."""

    channel: Channel | None = None
    is_whole: bool = False
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether a person narrowed it."""
        return self.channel is not None or bool(self.words)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One row as it is painted; `key` is its demand or its contact, `aside` stands at the right."""

    kind: Kind
    key: str
    title: str
    text: str = ""
    aside: str = ""
    tag: str = ""
    tag_icon: str = ""
    tag_kind: TagKind = "neutral"
    tail: str = ""
    icon: str = ""
    is_live: bool = False
    is_edge: bool = False
    has_case: bool = False
    can_join: bool = False
    """A contact without a demand, which may be about one that is open."""

    @property
    def spoken(self) -> str:
        """The row as one sentence."""
        aside = say("dépliée") if self.kind == "unfolded" else self.aside
        parts = (self.title, aside, self.tag, self.text, self.tail)
        return joined(". ", (altered(part, _unstopped) for part in parts if part))

    @property
    def act(self) -> str:
        """What Enter does on it, or nothing."""
        if self.can_join:
            return say("{act}, Entrée").format(act=say("Relier"))
        return say("{act}, Entrée").format(act=self.aside) if self.kind == "unfolded" and self.aside else ""


def _unstopped(words: str) -> str:
    return words.rstrip(".")


def filtered(timeline: Timeline, wanted: Filter, now: datetime) -> tuple[TimelineGroup, ...]:
    """The demands with the contacts that are wanted; a demand left empty by a filter is gone."""
    groups = (_narrowed(group, wanted, now) for group in timeline.groups)
    return tuple(group for group in groups if group.entries or not wanted.is_narrow)


def rows_of(
    groups: tuple[TimelineGroup, ...], now: datetime, *, unfolded: Mapping[str, bool]
) -> tuple[Row, ...]:
    """All rows; `unfolded` says what a person folded or unfolded, by demand."""
    rows: list[Row] = []
    has_open = any(group.is_open for group in groups)
    for group in groups:
        is_unfolded = unfolded.get(group.case or "", waits_for_us(group, among=len(groups)))
        rows.append(_group_row(group, now, is_unfolded=is_unfolded, is_first=not rows))
        if is_unfolded:
            rows.extend(_entry_rows(group, now, can_join=has_open and group.case is None))
    return tuple(rows)


def waits_for_us(group: TimelineGroup, *, among: int) -> bool:
    """Open and moved by nobody else, or with the call under way, or alone."""
    is_live = any(entry.is_live for entry in group.entries)
    return is_live or among == 1 or (group.is_open and not group.next_step)


def channels_of(timeline: Timeline) -> tuple[Channel, ...]:
    """The channels that were used, the most recent first."""
    used = sorted((entry for group in timeline.groups for entry in group.entries), key=lambda one: one.at)
    return tuple(dict.fromkeys(entry.channel for entry in reversed(used)))


def _narrowed(group: TimelineGroup, wanted: Filter, now: datetime) -> TimelineGroup:
    kept = tuple(entry for entry in group.entries if _is_wanted(entry, group, wanted, now))
    return group if len(kept) == len(group.entries) else msgspec.structs.replace(group, entries=kept)


def _is_wanted(entry: TimelineEntry, group: TimelineGroup, wanted: Filter, now: datetime) -> bool:
    if wanted.channel is not None and entry.channel is not wanted.channel:
        return False
    if not wanted.is_whole and entry.at < now - YEAR:
        return False
    return wanted.words.casefold() in f"{group.title} {entry.text} {entry.by_name}".casefold()


def _group_row(group: TimelineGroup, now: datetime, *, is_unfolded: bool, is_first: bool) -> Row:
    tag, icon, kind = group_tag(group, now)
    return Row(
        kind="unfolded" if is_unfolded else "folded",
        key=group.case or "",
        title=group_title(group),
        text=group_counts(group) if is_unfolded else group_line(group),
        aside=_aside(group, now, is_unfolded=is_unfolded),
        tag=tag,
        tag_icon=icon,
        tag_kind=kind,
        is_edge=is_first,
        has_case=group.case is not None,
    )


def _aside(group: TimelineGroup, now: datetime, *, is_unfolded: bool) -> str:
    if not is_unfolded:
        return group_date(group, now)
    return say("Ouvrir la demande") if group.case else ""


def _entry_rows(group: TimelineGroup, now: datetime, *, can_join: bool) -> Iterator[Row]:
    last = len(group.entries) - 1
    for place, entry in enumerate(group.entries):
        tag, icon, kind = entry_tag(entry)
        yield Row(
            kind="entry",
            key=entry.contact,
            title=entry_title(entry),
            text=entry_text(entry),
            aside=entry_time(entry, now),
            tag=tag,
            tag_icon=icon,
            tag_kind=kind,
            tail=entry_tail(entry, now),
            icon=channel_icon(entry.channel, entry.direction, entry.ending),
            is_live=entry.is_live,
            is_edge=place == last,
            can_join=can_join and not entry.is_live,
        )
