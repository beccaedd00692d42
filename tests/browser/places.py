"""The main pages of the portal: Vietnamese address and its English twin."""

from collections.abc import Callable

from cms.news.models import ArticlePage
from registry.certificates import selectors as certificates
from registry.startups import selectors

Twins = tuple[str, str]

PUBLIC: dict[str, Twins] = {
    "home": ("/", "/en/"),
    "startups": ("/khoi-nghiep/", "/en/startups/"),
    "startups, narrowed": ("/khoi-nghiep/?field=ict&q=cho", "/en/startups/?field=ict&q=market"),
    "startups, wrong filter": ("/khoi-nghiep/?ward=99999", "/en/startups/?ward=99999"),
    "procedures": ("/thu-tuc/", "/en/procedures/"),
    "procedure": ("/thu-tuc/dang-ky-khoi-nghiep/", "/en/procedures/startup-registration/"),
    "procedure with two limits": (
        "/thu-tuc/chung-nhan-doanh-nghiep-khoa-hoc-va-cong-nghe/",
        "/en/procedures/st-enterprise-certificate/",
    ),
    "news": ("/tin-tuc/", "/en/news/"),
    "search": ("/tim-kiem/?q=che+co+thu", "/en/search/?q=ancient+tea"),
    "no result": ("/tim-kiem/?q=zzzz", "/en/search/?q=zzzz"),
    "about": ("/gioi-thieu/", "/en/about/"),
    "self-assessment": ("/doanh-nghiep-khcn/tu-danh-gia/", "/en/st-enterprises/self-assessment/"),
    "st enterprises": ("/doanh-nghiep-khcn/", "/en/st-enterprises/"),
    "verify": ("/xac-minh/", "/en/verify/"),
    "not verified": ("/xac-minh/?so=77/DNKHCN", "/en/verify/?so=77/DNKHCN"),
    "sign in": ("/tai-khoan/dang-nhap/", "/en/account/sign-in/"),
    "sign up": ("/tai-khoan/dang-ky/", "/en/account/sign-up/"),
    "display": ("/tuy-chon/", "/en/display/"),
    "not found": ("/khong-co/", "/en/not-here/"),
}


def startup(slug: str = "tra-co-thu-minh-hoa") -> Twins:
    profile = selectors.in_force().get(slug=slug)
    return selectors.url_of(profile, "vi"), selectors.url_of(profile, "en")


def article(words: str = "Mỗi gốc chè một mã") -> Twins:
    page = ArticlePage.objects.get(title__startswith=words)
    twin = ArticlePage.objects.get(translation_key=page.translation_key, locale__language_code="en")
    return page.get_url(), twin.get_url()


def certificate(status: str) -> Twins:
    version = certificates.on_day().filter(status=status)[0]
    return certificates.url_of(version, "vi"), certificates.url_of(version, "en")


RECORDS: dict[str, Callable[[], Twins]] = {
    "startup": startup,
    "startup without English": lambda: startup("lon-den-chuong-la"),
    "certificate": lambda: certificate("valid"),
    "cancelled certificate": lambda: certificate("cancelled"),
    "article": article,
    "article with tables": lambda: article("Đăng ký khởi nghiệp trong bảy bước"),
}

DRAFT = ("/tai-khoan/khoi-nghiep/KN-2026-00001/", "/en/account/startups/KN-2026-00001/")
STEPS = ("ten", "tru-so", "nganh", "du-an", "doi-ngu", "tep", "kiem-tra")
FOUNDER: dict[str, Twins] = {
    "account": ("/tai-khoan/", "/en/account/"),
    "inbox": ("/tai-khoan/tin/", "/en/account/inbox/"),
    "how one is told": ("/tai-khoan/thong-bao/", "/en/account/notifications/"),
    "organisations": ("/tai-khoan/to-chuc/", "/en/account/organisations/"),
    "new organisation": ("/tai-khoan/to-chuc/moi/", "/en/account/organisations/new/"),
    "new dossier": ("/tai-khoan/khoi-nghiep/moi/", "/en/account/startups/new/"),
    "new application": ("/tai-khoan/chung-nhan-khcn/moi/", "/en/account/st-certification/new/"),
    "security": ("/tai-khoan/bao-mat/", "/en/account/security/"),
    "timeline": DRAFT,
    "proposals": ("/tai-khoan/khoi-nghiep/KN-2024-00001/de-xuat/", "/en/account/startups/KN-2024-00001/changes/"),
    **{f"step {step}": (f"{DRAFT[0]}{step}/", f"{DRAFT[1]}{step}/") for step in STEPS},
}
