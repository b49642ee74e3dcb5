"""A real Asterisk and real SIP calls, so that the line is proved against the exchange itself."""
