"""Template tags of the audit log."""

from django import template

from districts.audit_words import words_for
from districts.models import AuditEntry

register = template.Library()


@register.filter
def act(entry: AuditEntry) -> str:
    """Say what was done: ``changed school``."""
    return words_for(entry.verb, entry.noun)
