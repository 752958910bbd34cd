"""Letters to the people who log in: invitations, new passwords, news about their sign-in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from districts.models import District
from districts.signals import member_letter


@dataclass(frozen=True)
class MemberLetter:
    """One e-mail that must go out; ``key`` names what it is about, so that it goes out once."""

    purpose: str
    key: str
    to_name: str
    to_address: str
    subject: str
    text: str
    language: str


def send(
    template: str, letter: dict[str, str], *, district: District, at: datetime, **context: Any
) -> None:
    """Write a letter in its language and hand it upward, to where deliveries are made.

    ``template`` names two files: ``<template>_subject.txt`` and ``<template>_message.txt``.
    ``letter`` holds purpose, key, to_name, to_address and language.
    """
    with translation.override(letter["language"]):
        context = {"district": district, **letter, **context}
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        text = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    written = MemberLetter(subject=subject[:250], text=text, **letter)
    member_letter.send(sender=MemberLetter, letter=written, at=at)
