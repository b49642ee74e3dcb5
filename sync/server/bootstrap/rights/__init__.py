"""A person's rights over what is held of them, as they are typed on the server and printed."""
