"""How much the local page takes and keeps: what is above is refused with a sentence, never done by halves."""

from __future__ import annotations

MOST_BODY = 64 * 1024
"""Bytes of a request."""
BODY_S = 10.0
"""Seconds in which a request must have arrived."""
MOST_CONNECTIONS = 64
"""Connections at a time."""
MOST_CELLS = 500
"""Cells of one change."""
MOST_DUTIES = 50
"""Duty rules of one cell."""
LONGEST_WORD = 200
"""Characters of an id in a request."""
MOST_KEPT = 200
"""Earlier plans that can be gone back to."""
MOST_FINDINGS = 300
"""Findings of an answer that are told one by one."""
MOST_ASKED = 2
"""Questions (`why`, `substitutes`) that are worked on at a time."""
ASK_S = 20.0
"""Seconds for the searches of one question."""
PLAN_S = 60.0
"""Seconds for planning, unless the command says otherwise."""
MOST_JOBS = 20
"""Jobs that are remembered; one of them at most is at work."""
MOST_JOURNAL = 64 * 1024 * 1024
"""Bytes of a journal: some thousand changes, and some hundred plans of a thousand people."""
ROOM_TO_SAVE = 64 * 1024
"""Bytes of it that changes leave free, so that the plan can still be saved when there is no room for another one."""
END_S = 5.0
"""Seconds that a job may take to end after it was cancelled."""
