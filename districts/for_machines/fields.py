"""Values as machines write them: strict about their kind, bounded, with a sentence when refused."""

import re
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
BARE_PLUS = re.compile(r" (?=\d\d:?\d\d$)")
EARLIEST, LATEST = 1970, 2200
FEWEST_DIGITS, MOST_DIGITS = 5, 20


class Text(serializers.CharField):
    """Text, and nothing that could be turned into text."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Flag(serializers.BooleanField):
    """true or false, and no word for either."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Number(serializers.IntegerField):
    """A whole number, and no text that reads like one."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Choice(serializers.ChoiceField):
    """One of a few words."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=str(data)[:40])
        return super().to_internal_value(data[:200])


class Email(serializers.EmailField):
    """An e-mail address."""

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return str(super().to_internal_value(data))


class Phone(Text):
    """A phone number, written in any way that has enough digits."""

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        digits = sum(letter.isdigit() for letter in value)
        if value and not (FEWEST_DIGITS <= digits <= MOST_DIGITS and value.isprintable()):
            raise serializers.ValidationError(_("Write a phone number with 5 to 20 digits."))
        return value


class Language(Text):
    """A language code, such as ``es`` or ``zh-Hans``."""

    def to_internal_value(self, data: Any) -> str:
        value = super().to_internal_value(data)
        if value and not LANGUAGE.fullmatch(value):
            raise serializers.ValidationError(_("Write a language code, such as en or es."))
        return value


class Moment(serializers.DateTimeField):
    """A moment, shown in UTC; one written without a zone is meant in the district's."""

    def to_internal_value(self, value: Any) -> datetime:
        # A plus that was not encoded in an address arrives as a space.
        text = BARE_PLUS.sub("+", value) if isinstance(value, str) else ""
        try:
            found: datetime = super().to_internal_value(text[:40])
        except OverflowError:
            self.fail("overflow")
        if not EARLIEST <= found.year <= LATEST:
            self.fail("overflow")
        return found

    def to_representation(self, value: datetime) -> str:
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Strict(serializers.Serializer[Any]):
    """An object whose every field is known: a slip of the pen is told, never ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            unknown = sorted(set(data) - set(self.fields))[:20]
            if unknown:
                sentence = _("There is no such field.")
                raise serializers.ValidationError({name[:80]: [sentence] for name in unknown})
        return super().to_internal_value(data)
