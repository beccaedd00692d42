"""Forms rendered in the look: `{{ form.name.as_field_group }}` gives label, help, error and control."""

from django.forms.renderers import TemplatesSetting


class LookRenderer(TemplatesSetting):
    field_template_name = "components/field.html"
