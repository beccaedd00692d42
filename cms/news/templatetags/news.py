import json
from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.core.addresses import absolute
from cms.news.covers import Cover, cover_of

register = template.Library()

# What would end the script element or start a comment in it.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag
def cover(article: Any, kind: str = "landscape") -> Cover:
    return cover_of(article, kind)


@register.simple_tag
def cover_image(article: Any, css: str = "cover", *, eager: bool = False) -> SafeString:
    """The cover of an article in a list: a picture beside its title, so it needs no words of its own."""
    found = cover_of(article)
    return format_html(
        '<img class="{}" src="{}" alt="" width="{}" height="{}"{}>',
        css,
        found.url,
        found.width,
        found.height,
        mark_safe("" if eager else ' loading="lazy"'),
    )


@register.simple_tag(takes_context=True)
def news_json_ld(context: Context, article: Any) -> SafeString:
    """The article as schema.org NewsArticle."""
    request, info = context["request"], context["site_info"]
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.title,
        "description": article.description,
        "url": absolute(article.get_url(request) or ""),
        "inLanguage": article.language,
        "image": [absolute(cover_of(article, "landscape-wide").url)],
        "articleSection": article.get_topic_display(),
        "publisher": {"@type": "GovernmentOrganization", "name": info.department_long},
    }
    if article.published_on:
        facts["datePublished"] = article.published_on.isoformat()
    if article.last_published_at:
        facts["dateModified"] = article.last_published_at.isoformat()
    if article.author_line:
        facts["author"] = {"@type": "Person", "name": article.author_line}
    written = json.dumps(facts, ensure_ascii=False).translate(ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')
