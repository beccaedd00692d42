from cms.core.models.files import PortalDocument, PortalImage, PortalRendition
from cms.core.models.pages import PortalPage, StandardPage
from cms.core.models.settings import SiteSettings

__all__ = ["PortalDocument", "PortalImage", "PortalPage", "PortalRendition", "SiteSettings", "StandardPage"]
