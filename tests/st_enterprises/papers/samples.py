"""A full and an empty paper of each form. The people and enterprises are made up."""

from datetime import date, datetime
from typing import Final

from registry.core import clock
from registry.st_enterprises.papers.content import (
    Application,
    AppraisedResult,
    Assessment,
    BusinessPlan,
    Certificate,
    ChangeRequest,
    Condition,
    Costs,
    DeclaredResult,
    Enterprise,
    Origin,
    Paper,
    Person,
    Printed,
    Registration,
    Renewal,
    Representative,
    ResultProducts,
    YearReport,
)
from registry.st_enterprises.profile import Effect, Sector, Year

MADE_AT: Final = datetime(2026, 11, 22, 9, 0, tzinfo=clock.ZONE)

ENTERPRISE = Enterprise(
    name_vi="Công ty cổ phần Trà cổ thụ Minh Họa",
    name_foreign="Minh Hoa Ancient Tea Joint Stock Company",
    name_short="MINHHOA TEA",
    head_office="Bản Sin Suối Hồ, xã Sin Suối Hồ, tỉnh Lai Châu",
    phone="0213 3871 001",
    fax="0213 3871 002",
    email="lienhe@minhhoa.example",
    website="https://minhhoa.example",
    registration=Registration(number="6200123456", on=date(2019, 5, 6), by="Phòng Đăng ký kinh doanh Lai Châu"),
    kind="Công ty cổ phần nội địa",
)
REPRESENTATIVE = Representative(
    name="Giàng Thị Mẫu",
    position="Tổng giám đốc",
    identity_number="012190000017",
    identity_by="Cục Cảnh sát quản lý hành chính",
    identity_on=date(2021, 8, 15),
    phone="0912 000 017",
    email="giang.mau@rieng.example",
    permanent_address="Tổ 7, phường Tân Phong, Lai Châu",
    current_address="Số 19 đường Thử Nghiệm, phường Đoàn Kết",
)
RESULT = DeclaredResult(
    name="Quy trình lên men trà ở độ cao lớn",
    funding="Vốn tự có của doanh nghiệp",
    origin=Origin.OWN,
    recognition="Bằng độc quyền sáng chế số 31234",
)
OTHER_RESULT = DeclaredResult(
    name="Máy sao trà tiết kiệm củi",
    funding="Quỹ phát triển tỉnh",
    origin=Origin.TRANSFERRED,
    recognition="Giấy chứng nhận đăng ký chuyển giao số 88/2024",
)
ITEMS = (
    ResultProducts(result="Quy trình ủ lạnh búp trà", products=("Trà ủ lạnh hộp 100 g", "Trà ủ lạnh túi lọc")),
    ResultProducts(result="Giống chè Shan chọn lọc", products=("Cây giống Shan hai năm tuổi",)),
)

APPLICATION = Application(
    to="Ủy ban nhân dân tỉnh Lai Châu",
    enterprise=ENTERPRISE,
    representative=REPRESENTATIVE,
    sector=Sector.INDUSTRY,
    insured_workers=1042,
    total_revenue=12_345_678_901,
    capital=7_000_000_019,
    results=(RESULT, OTHER_RESULT),
    products=("Trà lên men Mây", "Máy sao trà MH-2"),
    place="Lai Châu",
    signed_on=date(2026, 11, 22),
)
PLAN = BusinessPlan(
    to="Sở Khoa học và Công nghệ tỉnh Lai Châu",
    name="Công ty cổ phần Trà cổ thụ Minh Họa",
    address="Bản Sin Suối Hồ, xã Sin Suối Hồ",
    phone="0213 3871 001",
    lines_of_business="Sản xuất chè; nghiên cứu thực nghiệm",
    organisation="Ban giám đốc và ba phòng.\nMột xưởng thử nghiệm.",
    features="Độ ẩm búp sau ủ 6 %.",
    process="Hái, làm héo, ủ lạnh, sao, sấy.",
    years=(
        Year(2023, True, 9_000_000_000, 9_500_000_000, 180_000_001, 3_000_000_000),
        Year(2024, True, 10_000_000_000, 10_400_000_000, 210_000_000, 3_500_000_000),
        Year(2025, True, 11_000_000_000, 11_600_000_000, 250_000_000, 4_100_000_000),
    ),
    workers=1057,
    rd_people=(
        Person(name="Lò Văn Thử", qualification="Tiến sĩ công nghệ thực phẩm", position="Trưởng phòng"),
        Person(name="Vàng A Nghiệm", qualification="Kỹ sư nông học", position="Nghiên cứu viên"),
    ),
    cooperation="Viện Chè miền núi",
    effects=frozenset({Effect.EXPORT}),
    items=ITEMS,
    development="Mở xưởng thứ hai.\nĐăng ký nhãn hiệu tập thể.",
    signatory="Giàng Thị Mẫu",
    place="Lai Châu",
    signed_on=date(2026, 11, 23),
)
CERTIFICATE = Certificate(
    authority="Ủy ban nhân dân tỉnh Lai Châu",
    number="07/2026/DNKHCN",
    first_issued_on=date(2026, 1, 5),
    renewals=(
        Printed(why=Renewal.CHANGE, number=1, on=date(2026, 6, 9)),
        Printed(why=Renewal.REISSUE, number=2, on=date(2026, 11, 27)),
    ),
    name_vi=ENTERPRISE.name_vi,
    name_foreign=ENTERPRISE.name_foreign,
    name_short=ENTERPRISE.name_short,
    registration_number="6200123456",
    registration_on=date(2019, 5, 6),
    head_office=ENTERPRISE.head_office,
    phone=ENTERPRISE.phone,
    fax=ENTERPRISE.fax,
    items=ITEMS,
    place="Lai Châu",
    signed_on=date(2026, 11, 28),
    signatory="Nguyễn Văn Ký",
)
ASSESSMENT = Assessment(
    name="Công ty cổ phần Trà cổ thụ Minh Họa",
    tax_code="6200123456",
    head_office="Bản Sin Suối Hồ, xã Sin Suối Hồ",
    phone="0213 3871 001",
    email="lienhe@minhhoa.example",
    representative="Giàng Thị Mẫu",
    registration_number="6200123456-001",
    registered_on=date(2019, 5, 6),
    update_number="3",
    updated_on=date(2025, 2, 7),
    ownership="Doanh nghiệp tư nhân",
    results=(
        AppraisedResult(
            result="Quy trình lên men", recognition="Bằng sáng chế 1-0012345", products=("Trà Mây", "Trà Sương")
        ),
    ),
    spending=640_000_001,
    revenue_of_years=31_500_000_000,
    net_revenue_of_years=30_000_000_000,
    absorbing="Làm chủ thiết bị sao.",
    rd_unit="Hai người có trình độ đại học.",
    total_revenue=10_500_000_000,
    sti_product_revenue=6_000_000_000,
    effects="Đã xuất khẩu.",
    meets=False,
    to_supplement="Hợp đồng chuyển giao của dòng 1.",
    assessor="Lò Văn Thẩm",
)
CHANGE = ChangeRequest(
    to="Ủy ban nhân dân tỉnh Lai Châu",
    enterprise=ENTERPRISE,
    representative=REPRESENTATIVE,
    certificate_number="45/ĐK-DNKHCN",
    first_issued_on=date(2020, 3, 4),
    reissue_number=2,
    reissued_on=date(2024, 9, 13),
    change_reason="Chuyển trụ sở chính.\nThêm một sản phẩm.",
    changes="Địa chỉ; danh mục sản phẩm.",
    results=(RESULT,),
    products=("Trà lên men Sương",),
    reissue_reason="Bản giấy bị cháy.",
    place="Than Uyên",
    signed_on=date(2026, 12, 1),
)
REPORT = YearReport(
    to="Bộ Khoa học và Công nghệ",
    year=2026,
    name="Công ty cổ phần Trà cổ thụ Minh Họa",
    code="6200123456",
    address="Bản Sin Suối Hồ, xã Sin Suối Hồ",
    phone="0213 3871 001",
    fax="0213 3871 002",
    representative=Representative(name="Giàng Thị Mẫu", phone=REPRESENTATIVE.phone, email=REPRESENTATIVE.email),
    condition=Condition.ACTIVE,
    ownership="Doanh nghiệp tư nhân",
    sti_investment=250_000_001,
    products=("Trà lên men Mây", "Máy sao trà MH-2"),
    total_revenue=12_345_678_901,
    sti_product_revenue=4_100_500_000,
    profit=-320_000_000,
    sti_product_profit=91_000_000,
    income_tax_relief=0,
    land_rent_relief=17_250_000,
    preferential_loans=1_500_000_000,
    fund=33_000_000,
    state_budget_funding=77_000_000,
    state_budget_tasks="Nhiệm vụ cấp tỉnh ĐT-02",
    other_support=8_800_000,
    other_support_kinds="Phiếu hỗ trợ tài chính",
    workers=1042,
    monthly_income=8_456_789,
    costs=Costs(
        staff=101_000_000,
        materials=42_000_000,
        services=23_000_000,
        intellectual_property=14_500_000,
        depreciation=35_000_000,
        management=6_000_000,
        state_budget_tasks=19_000_000,
        other=9_500_001,
    ),
    proposals="Đề nghị rút gọn biểu mẫu.",
)
FULL: Final[dict[str, Paper]] = {
    "V.1": APPLICATION,
    "V.2": PLAN,
    "V.3": ASSESSMENT,
    "V.4": CERTIFICATE,
    "V.5": CHANGE,
    "V.6": REPORT,
}
EMPTY: Final[dict[str, Paper]] = {code: type(paper)() for code, paper in FULL.items()}
