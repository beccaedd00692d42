"""Who may see what is written on the papers: one class for each field, asked by whoever shows one.

Public by the statute's purpose are names, head office, certificate, results and products. Restricted are the representative's papers, contacts and
addresses, the people of research, every amount and whatever tells the size of the enterprise. A field that holds other
content has a class of its own: it bounds what is below it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from registry.core.classification import INTERNAL, PUBLIC, RESTRICTED, Undeclared
from registry.st_enterprises.papers.content import (
    Application,
    AppraisedResult,
    Assessment,
    BusinessPlan,
    Certificate,
    ChangeRequest,
    Costs,
    DeclaredResult,
    Enterprise,
    Person,
    Printed,
    Registration,
    Representative,
    ResultProducts,
    YearReport,
)
from registry.st_enterprises.profile import Year


def _classes(public: str = "", internal: str = "", restricted: str = "") -> Mapping[str, str]:
    named = ((PUBLIC, public), (INTERNAL, internal), (RESTRICTED, restricted))
    return MappingProxyType({field: value for value, fields in named for field in fields.split()})


FIELD_CLASSES: Final[Mapping[type, Mapping[str, str]]] = MappingProxyType(
    {
        Registration: _classes(public="number on by"),
        Enterprise: _classes(
            public="name_vi name_foreign name_short head_office phone fax registration kind",
            internal="email website",
        ),
        Representative: _classes(
            internal="name position",
            restricted="identity_number identity_by identity_on phone email permanent_address current_address",
        ),
        DeclaredResult: _classes(public="name", internal="funding origin recognition"),
        ResultProducts: _classes(public="result products"),
        Person: _classes(restricted="name qualification position"),
        Year: _classes(internal="year full", restricted="net_revenue total_revenue sti_spending sti_product_revenue"),
        Application: _classes(
            public="enterprise sector results products",
            internal="to representative place signed_on",
            restricted="insured_workers total_revenue capital",
        ),
        BusinessPlan: _classes(
            public="name address items",
            internal=(
                "to phone lines_of_business organisation features years cooperation effects development signatory"
                " place signed_on"
            ),
            restricted="process workers rd_people",
        ),
        AppraisedResult: _classes(public="result products", internal="recognition"),
        Assessment: _classes(
            public="name tax_code head_office registration_number registered_on results",
            internal="phone representative update_number updated_on ownership",
            restricted=(
                "email spending revenue_of_years net_revenue_of_years absorbing rd_unit total_revenue sti_product_revenue"
                " effects meets to_supplement assessor"
            ),
        ),
        Printed: _classes(public="why number on"),
        Certificate: _classes(
            public=(
                "authority number first_issued_on renewals name_vi name_foreign name_short registration_number"
                " registration_on head_office phone fax items place signed_on signatory"
            ),
        ),
        ChangeRequest: _classes(
            public="enterprise certificate_number first_issued_on reissue_number reissued_on results products",
            internal="to representative change_reason changes reissue_reason place signed_on",
        ),
        Costs: _classes(
            restricted=(
                "staff materials services intellectual_property depreciation management state_budget_tasks other"
            ),
        ),
        YearReport: _classes(
            public="name code address products",
            internal=(
                "to year phone fax representative condition ownership state_budget_tasks other_support_kinds costs"
                " proposals"
            ),
            restricted=(
                "sti_investment total_revenue sti_product_revenue profit sti_product_profit income_tax_relief"
                " land_rent_relief preferential_loans fund state_budget_funding other_support workers monthly_income"
            ),
        ),
    }
)


def field_class(kind: type | Any, field: str) -> str:
    """The class of a field of one of the papers' dataclasses (or of an instance). Raises Undeclared."""
    kind = kind if isinstance(kind, type) else type(kind)
    try:
        return FIELD_CLASSES[kind][field]
    except KeyError:
        raise Undeclared(f"{kind.__name__}.{field} has no field class") from None
