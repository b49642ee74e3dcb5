"""Exchanges that post their calls as Zammad's generic CTI interface asks, form or JSON.

The contract is Zammad's (docs.zammad.org, « Generic CTI »: api/generic-cti/index.html, newcall-event.html,
answer-event.html, hangup-event.html): `event` is newCall, answer or hangup; `callId` names the call for
ever; `direction` is in or out; `from` and `to` are numbers; `user` (or `user[]`) names who is called or
calls, `queue` where the call waits, `answeringNumber` who took it, `cause` why it ended.
Two fields are ours, for exchanges that tell a call once it is over (3CX): `startedAt` and `duration`.
"""
