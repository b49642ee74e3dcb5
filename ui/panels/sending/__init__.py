"""What has not left this desk: the bar that says the server is away, the drawer, and a choice to make."""
