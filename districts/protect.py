"""The migration operation that locks a district's tables: forced row-level security and keys."""

from collections.abc import Iterator, Sequence
from typing import Any, cast

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Model

from districts.models.base import DistrictForeignKey

POLICY = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY district_only ON {table}
    USING (district_id = (SELECT nullif(current_setting('earshot.district', true), '')::bigint))
    WITH CHECK (district_id = (SELECT nullif(current_setting('earshot.district', true), '')::bigint));
ALTER TABLE {table} ADD CONSTRAINT {table}_district_id_key UNIQUE (district_id, id);
"""  # noqa: E501
KEY = """
ALTER TABLE {table} ADD CONSTRAINT {table}_{column}_district_fk
    FOREIGN KEY (district_id, {column}) REFERENCES {parent} (district_id, id)
    DEFERRABLE INITIALLY DEFERRED;
"""
INDEX = "CREATE INDEX {table}_{column}_idx ON {table} (district_id, {column});"
UNDO = """
DROP POLICY district_only ON {table};
ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
ALTER TABLE {table} DROP CONSTRAINT {table}_district_id_key CASCADE;
"""


class ProtectTables(Operation):
    """Add locks 3 and 4 of the architecture to models created earlier in the migration."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, models: Sequence[str]) -> None:
        self.models = list(models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture: the locks live in the database."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        tables = [to_state.apps.get_model(app_label, name) for name in self.models]
        for model in tables:
            schema_editor.execute(POLICY.format(table=model._meta.db_table))  # noqa: SLF001
        for model in tables:
            for statement in _keys(model):
                schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in reversed(self.models):
            model = from_state.apps.get_model(app_label, name)
            schema_editor.execute(UNDO.format(table=model._meta.db_table))  # noqa: SLF001

    def describe(self) -> str:
        return f"Protect the district's tables of {', '.join(self.models)}"


class ProtectForeignKey(Operation):
    """Add the composite key for one reference that a later migration added to a model."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, field: str) -> None:
        self.model = model
        self.field = field

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture: the key lives in the database."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model)
        for statement in _keys(model, only=self.field):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Leave it to the removal of the column, which takes its key and index along."""

    def describe(self) -> str:
        return f"Protect the reference {self.model}.{self.field}"


def _keys(model: Any, only: str | None = None) -> Iterator[str]:
    """Yield the statements for a model's references inside its district."""
    table = model._meta.db_table  # noqa: SLF001
    for field in model._meta.local_fields:  # noqa: SLF001
        if not isinstance(field, DistrictForeignKey) or only not in {None, field.name}:
            continue
        parent = cast("type[Model]", field.related_model)._meta.db_table  # noqa: SLF001
        yield KEY.format(table=table, column=field.column, parent=parent)
        if field.indexed:
            yield INDEX.format(table=table, column=field.column)
