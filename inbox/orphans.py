"""Files on disk that no row names, left by a request that was taken back after it wrote them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from districts.scope import current_district_id
from inbox.files import FOLDER
from inbox.models import Attachment

# No request or job takes as long as this from writing a file to keeping its row.
AGE = timedelta(days=1)


def districts_with_files() -> list[int]:
    """Return the ids of the districts that have a folder."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    return sorted(int(each.name) for each in _inside(folder) if each.name.isdigit())


def remove(*, at: datetime) -> int:
    """Remove the district's files that no row names and that are old enough; return how many."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER / str(current_district_id())
    return sum(_clear(shelf, at=at) for shelf in _inside(folder))


def _clear(shelf: Path, *, at: datetime) -> int:
    """Clear one of the folders that files are spread over."""
    newest = (at - AGE).timestamp()
    old = {_path(file): file for file in _inside(shelf) if file.stat().st_mtime < newest}
    with transaction.atomic():
        named = Attachment.objects.filter(path__in=old).values_list("path", flat=True)
        orphans = old.keys() - set(named)
    for path in orphans:
        old[path].unlink(missing_ok=True)
    return len(orphans)


def _path(file: Path) -> str:
    """Return what a row would call a file: district, shelf, name."""
    return "/".join(file.parts[-3:])


def _inside(folder: Path) -> Iterator[Path]:
    yield from folder.iterdir() if folder.is_dir() else ()
