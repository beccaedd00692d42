"""The first tree of pages in both languages, and the department's sample facts."""

import json
from uuid import uuid5

from django.conf import settings
from django.db import migrations

from cms.home.first_tree import english, vietnamese, with_ids
from cms.home.first_tree.names import DEPARTMENT, NAMESPACE
from registry.core import clock

TREES = (("vi", "trang-chu", vietnamese), ("en", "home", english))


class Planter:
    """Puts pages into the tree with the models as they are at this migration."""

    def __init__(self, apps):
        self.apps = apps
        self.content_types = apps.get_model("contenttypes", "ContentType")
        self.now = clock.now()

    def plant(self, app_label, name, parent, position, *, key, slug, title, locale, **fields):
        model = self.apps.get_model(app_label, name)
        kind, _ = self.content_types.objects.get_or_create(app_label=app_label, model=name.lower())
        page = model.objects.create(
            title=title,
            draft_title=title,
            slug=slug,
            content_type=kind,
            path=f"{parent.path}{position:04d}",
            depth=parent.depth + 1,
            numchild=0,
            url_path=f"{parent.url_path}{slug}/",
            locale=locale,
            translation_key=uuid5(NAMESPACE, key),
            live=True,
            first_published_at=self.now,
            last_published_at=self.now,
            **fields,
        )
        parent.numchild += 1
        parent.save(update_fields=["numchild"])
        return page


ROOT_TITLE = "Mọi trang"  # Wagtail calls it "Root"; editors see it above their two trees


def plant_trees(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    Locale = apps.get_model("wagtailcore", "Locale")
    planter = Planter(apps)
    root = Page.objects.get(depth=1)
    welcome = list(Page.objects.filter(depth=2, url_path="/home/").values_list("pk", flat=True))
    homes = {}
    for position, (language, slug, words) in enumerate(TREES, start=2):
        locale, _ = Locale.objects.get_or_create(language_code=language)
        homes[language] = home = planter.plant(
            "cms_home", "HomePage", root, position, key="home", slug=slug, title=words.HOME_TITLE, locale=locale,
            search_description=words.HOME_DESCRIPTION, bands=json.dumps(with_ids("home", slug, words.BANDS)),
        )
        planter.plant(
            "cms_news", "NewsIndexPage", home, 1, key="news", slug=words.NEWS.slug, title=words.NEWS.title, locale=locale,
            lead=words.NEWS.lead,
        )
        for at, text in enumerate(words.PAGES, start=2):
            planter.plant(
                "cms_core", "StandardPage", home, at, key=text.key, slug=text.slug, title=text.title, locale=locale,
                lead=text.lead, body=json.dumps(text.stream()),
            )
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    site.root_page_id = homes["vi"].pk
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    gone, _ = Page.objects.filter(pk__in=welcome).delete()
    if gone:
        Page.objects.filter(pk=root.pk).update(numchild=len(homes))
    Page.objects.filter(pk=root.pk).update(title=ROOT_TITLE, draft_title=ROOT_TITLE)
    apps.get_model("cms_core", "SiteSettings").objects.get_or_create(site_id=site.pk, defaults=DEPARTMENT)


class Migration(migrations.Migration):
    dependencies = [
        ("cms_core", "0001_initial"),
        ("cms_home", "0001_initial"),
        ("cms_news", "0001_initial"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(plant_trees, migrations.RunPython.noop)]
