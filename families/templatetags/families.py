"""How families are shown: languages in the reader's words."""

from django import template

from families.languages import language_name

register = template.Library()
# Not language_name: a filter of that name in i18n, loaded after this, always answers in English.
register.filter("language_words", language_name)
