"""Meetings: days given or to be chosen, who must come, how many may."""
