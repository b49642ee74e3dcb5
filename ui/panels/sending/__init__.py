"""What has not left this desk: the bar that says the server is away, the drawer, and a choice to make."""

from ui.panels.sending.bar import OfflineBar
from ui.panels.sending.conflict import ConflictCard
from ui.panels.sending.drawer import SendingDrawer

__all__ = ["ConflictCard", "OfflineBar", "SendingDrawer"]
