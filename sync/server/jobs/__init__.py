"""What the server does when it is due, without being asked."""
