"""What is written on forms V.1 to V.6 (Decree 268/2025, Appendix V).

Amounts are whole đồng, people are heads. None and "" are “not known”: a dotted line on the paper. An empty tuple leaves one
empty row to be filled in by hand.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from registry.st_enterprises.profile import Effect, Sector, Year


class Origin(StrEnum):
    """Where a result comes from (V.1 item 6, V.5 part II item 3)."""

    OWN = "own"
    TRANSFERRED = "transferred"


class Condition(StrEnum):
    """What has become of the enterprise (V.6)."""

    ACTIVE = "active"
    STOPPED = "stopped"
    DISSOLVED = "dissolved"
    BANKRUPT = "bankrupt"


class Renewal(StrEnum):
    """Why a certificate was printed again (Art. 52)."""

    CHANGE = "change"
    REISSUE = "reissue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """The certificate of business registration."""

    number: str = ""
    on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """Items 1, 2 and 4 of V.1 and of part I of V.5."""

    name_vi: str = ""
    name_foreign: str = ""
    name_short: str = ""
    head_office: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    website: str = ""
    registration: Registration = Registration()
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Representative:
    """The representative at law: item 3 of V.1 and of part I of V.5; V.6 takes name, phone and email."""

    name: str = ""
    position: str = ""
    identity_number: str = ""
    identity_by: str = ""
    identity_on: date | None = None
    phone: str = ""
    email: str = ""
    permanent_address: str = ""
    current_address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredResult:
    """A result of Art. 49(1)(b). `recognition`: the document of Art. 50(2)(b), as it is cited."""

    name: str = ""
    funding: str = ""
    origin: Origin | None = None
    recognition: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultProducts:
    """A row of the tables of V.2 and V.4: what products come from a result."""

    result: str = ""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody of the research and development unit (V.2 item 3b)."""

    name: str = ""
    qualification: str = ""
    position: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """V.1: the application for the certificate (Art. 50(2)(a)). `total_revenue` and `capital` are those of the year before."""

    to: str = ""
    enterprise: Enterprise = Enterprise()
    representative: Representative = Representative()
    sector: Sector | None = None
    insured_workers: int | None = None
    total_revenue: int | None = None
    capital: int | None = None
    results: tuple[DeclaredResult, ...] = ()
    products: tuple[str, ...] = ()
    place: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessPlan:
    """V.2: the business plan (Art. 50(2)(c), 52(2)(b)).

    `years`: the figures of the financial years that count, both revenues of each: item 3a asks for total revenue, the
    article decides on net revenue. `effects` None is “not told”, an empty set “none of them”.
    """

    to: str = ""
    name: str = ""
    address: str = ""
    phone: str = ""
    lines_of_business: str = ""
    organisation: str = ""
    features: str = ""
    process: str = ""
    years: tuple[Year, ...] = ()
    workers: int | None = None
    rd_people: tuple[Person, ...] = ()
    cooperation: str = ""
    effects: frozenset[Effect] | None = None
    items: tuple[ResultProducts, ...] = ()
    development: str = ""
    signatory: str = ""
    place: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisedResult:
    """A row of the table of V.3: a result, the document that recognises it, what products come from it."""

    result: str = ""
    recognition: str = ""
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """V.3: the sheet of one assessor (Art. 51(3)). `meets` is the conclusion, None while there is none.

    Item 3a asks for total revenue, the article decides on net revenue: both are kept. The three sums of item 3a are those of
    the three years before; item 4a has its own figures.
    """

    name: str = ""
    tax_code: str = ""
    head_office: str = ""
    phone: str = ""
    email: str = ""
    representative: str = ""
    registration_number: str = ""
    registered_on: date | None = None
    update_number: str = ""
    updated_on: date | None = None
    ownership: str = ""
    results: tuple[AppraisedResult, ...] = ()
    spending: int | None = None
    revenue_of_years: int | None = None
    net_revenue_of_years: int | None = None
    absorbing: str = ""
    rd_unit: str = ""
    total_revenue: int | None = None
    sti_product_revenue: int | None = None
    effects: str = ""
    meets: bool | None = None
    to_supplement: str = ""
    assessor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One time the certificate was printed again: its number in the row of changes or re-issues, and the day."""

    why: Renewal | None = None
    number: int | None = None
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """V.4: the certificate (Art. 51(2)). `number` is the whole of it, suffix included; older ones are any text."""

    authority: str = ""
    number: str = ""
    first_issued_on: date | None = None
    renewals: tuple[Printed, ...] = ()
    name_vi: str = ""
    name_foreign: str = ""
    name_short: str = ""
    registration_number: str = ""
    registration_on: date | None = None
    head_office: str = ""
    phone: str = ""
    fax: str = ""
    items: tuple[ResultProducts, ...] = ()
    place: str = ""
    signed_on: date | None = None
    signatory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequest:
    """V.5: the application for a change of content or a re-issue (Art. 52(2)(a)).

    `results` and `products` are those that are added. `reissue` is the line of the certificate that is held now.
    """

    to: str = ""
    enterprise: Enterprise = Enterprise()
    representative: Representative = Representative()
    certificate_number: str = ""
    first_issued_on: date | None = None
    reissue_number: int | None = None
    reissued_on: date | None = None
    change_reason: str = ""
    changes: str = ""
    results: tuple[DeclaredResult, ...] = ()
    products: tuple[str, ...] = ()
    reissue_reason: str = ""
    place: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What research and development cost in the year, by the eight heads of V.6, in đồng."""

    staff: int | None = None
    materials: int | None = None
    services: int | None = None
    intellectual_property: int | None = None
    depreciation: int | None = None
    management: int | None = None
    state_budget_tasks: int | None = None
    other: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearReport:
    """V.6: the yearly report (Art. 54(2)), printed in million đồng. `monthly_income` is the average of one worker.

    The notes behind the form's marks 3, 5 and 6 (ownership, loans, tasks) are not known, so the marks are left out. State-budget
    tasks and other support may be money or words: both are taken.
    """

    to: str = ""
    year: int | None = None
    name: str = ""
    code: str = ""
    address: str = ""
    phone: str = ""
    fax: str = ""
    representative: Representative = Representative()
    condition: Condition | None = None
    ownership: str = ""
    sti_investment: int | None = None
    products: tuple[str, ...] = ()
    total_revenue: int | None = None
    sti_product_revenue: int | None = None
    profit: int | None = None
    sti_product_profit: int | None = None
    income_tax_relief: int | None = None
    land_rent_relief: int | None = None
    preferential_loans: int | None = None
    fund: int | None = None
    state_budget_funding: int | None = None
    state_budget_tasks: str = ""
    other_support: int | None = None
    other_support_kinds: str = ""
    workers: int | None = None
    monthly_income: int | None = None
    costs: Costs = Costs()
    proposals: str = ""


Draft = Application | BusinessPlan | Assessment | ChangeRequest | YearReport
"""What an enterprise or an assessor writes; a certificate is made from a decision."""

Paper = Draft | Certificate
