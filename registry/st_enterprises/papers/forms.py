"""Which lines a paper has, worded as Appendix V of Decree 268/2025 words them."""

from registry.core.papers.sheets import Sheet
from registry.st_enterprises.papers.applications import application, change_request
from registry.st_enterprises.papers.assessment import assessment
from registry.st_enterprises.papers.certificate import certificate
from registry.st_enterprises.papers.content import (
    Application,
    Assessment,
    BusinessPlan,
    Certificate,
    ChangeRequest,
    Paper,
    YearReport,
)
from registry.st_enterprises.papers.plan import plan
from registry.st_enterprises.papers.report import report


def sheet(paper: Paper) -> Sheet:
    match paper:
        case Application():
            return application(paper)
        case Assessment():
            return assessment(paper)
        case BusinessPlan():
            return plan(paper)
        case Certificate():
            return certificate(paper)
        case ChangeRequest():
            return change_request(paper)
        case YearReport():
            return report(paper)
