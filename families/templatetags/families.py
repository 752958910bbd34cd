"""How families are shown: languages in the reader's words."""

from django import template

from families.languages import language_name

register = template.Library()
register.filter(language_name)
