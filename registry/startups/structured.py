"""A startup for machines (schema.org JSON-LD), and the rows of its page that come from JSON columns. Public columns only."""

from decimal import Decimal
from typing import Any

from registry.startups.models import Profile


def organization(profile: Profile, *, tax_code: str, url: str) -> dict[str, Any]:
    """`Organization` with identifier, address and founding date; what is not public is simply absent."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        "url": profile.website or url,
        "name": profile.name_vi,
        "description": profile.pitch_vi,
        "identifier": [{"@type": "PropertyValue", "propertyID": "startup", "value": profile.startup.public_id}],
        "address": {
            "@type": "PostalAddress",
            "streetAddress": profile.address,
            "addressLocality": profile.ward.name_vi,
            "addressRegion": "Lai Châu",
            "addressCountry": "VN",
        },
    }
    if tax_code:
        data["taxID"] = tax_code
        data["identifier"].append({"@type": "PropertyValue", "propertyID": "taxID", "value": tax_code})
    if profile.registered_on:
        data["foundingDate"] = profile.registered_on.isoformat()
    if profile.name_en or profile.short_name:
        data["alternateName"] = [name for name in (profile.name_en, profile.short_name) if name]
    if profile.email:
        data["email"] = profile.email
    if profile.phone:
        data["telephone"] = profile.phone
    return data


def products(profile: Profile, language: str) -> list[dict[str, str]]:
    """Name, note, and the language each is in."""
    rows = []
    for product in profile.products:
        english = language == "en" and product.get("name_en")
        rows.append(
            {
                "name": product["name_en"] if english else product["name"],
                "language": "en" if english else "vi",
                "note": product.get("note", ""),
            }
        )
    return rows


def industries(profile: Profile, language: str) -> list[tuple[str, str, str]]:
    """Code, name, and the language the name is in."""
    return [
        (line.code, line.name_en, "en") if language == "en" and line.name_en else (line.code, line.name_vi, "vi")
        for line in profile.industries.all()
    ]


def support(profile: Profile) -> list[dict[str, Any]]:
    """Support received, newest first; amounts in đồng, None where none was given."""
    rows = sorted(profile.support, key=lambda row: -int(row["year"]))
    return [
        {"year": row["year"], "name": row["name"], "amount": Decimal(row["amount"]) if row.get("amount") else None}
        for row in rows
    ]
