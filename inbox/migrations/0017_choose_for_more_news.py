from django.db import migrations, models

import inbox.models.notice

# What was chosen for trouble holds for what nobody has, by changing a type: row-level security has
# no say in that.
KEEP = "ALTER TABLE inbox_noticechoices ALTER unowned TYPE varchar(8) USING trouble"
WHEN = inbox.models.notice.MailWhen


def when() -> "models.CharField[str, str]":
    return models.CharField(choices=WHEN.choices, default=WHEN.NOW, max_length=8)


def known(kind: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=models.Q(**{f"{kind}__in": WHEN.values}), name=f"notice_choice_{kind}_known"
    )


class Migration(migrations.Migration):
    dependencies = [("inbox", "0016_raise_critical_alerts")]

    operations = [
        migrations.AddField("noticechoices", "surge", when()),
        migrations.AddField("noticechoices", "unowned", when()),
        migrations.RunSQL(KEEP, migrations.RunSQL.noop),
        migrations.AddConstraint("noticechoices", known("surge")),
        migrations.AddConstraint("noticechoices", known("unowned")),
    ]
