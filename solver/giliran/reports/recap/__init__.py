"""A month of many agencies added up, as data, as lines and as a workbook."""

from giliran.reports.recap.lines import recap_lines
from giliran.reports.recap.model import Agency, AgencyDay, Away, Counts, Missed, Note, Recap, Service
from giliran.reports.recap.sheets import RECAP, SENT, recap_workbook

__all__ = ["RECAP", "SENT", "Agency", "AgencyDay", "Away", "Counts", "Missed", "Note", "Recap", "Service", "recap_lines", "recap_workbook"]
