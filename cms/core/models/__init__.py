from cms.core.models.files import DocumentPart, PortalDocument, PortalImage, PortalRendition
from cms.core.models.pages import PortalPage, StandardPage
from cms.core.models.settings import SiteSettings

__all__ = [
    "DocumentPart",
    "PortalDocument",
    "PortalImage",
    "PortalPage",
    "PortalRendition",
    "SiteSettings",
    "StandardPage",
]
