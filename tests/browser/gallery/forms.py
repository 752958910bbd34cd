"""A form with every kind of field, as the gallery shows it."""

from django import forms


class AskForm(forms.Form):
    """What a parent might fill in."""

    message = forms.CharField(
        label="Your question or concern",
        help_text="Names of children help us find the right person.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    kind = forms.ChoiceField(
        label="What is it?",
        widget=forms.RadioSelect,
        choices=[("question", "A question"), ("concern", "A concern"), ("thanks", "A thank you")],
    )
    school = forms.ChoiceField(
        label="School", choices=[("", "Choose a school"), ("1", "Lincoln Elementary")]
    )
    email = forms.EmailField(label="Your e-mail address", help_text="We answer here.")
    phone = forms.CharField(label="Mobile number", required=False)
    attachment = forms.FileField(label="Add a file", required=False, help_text="Up to 10 MB.")
    anonymous = forms.BooleanField(label="Do not show my name to the school", required=False)
