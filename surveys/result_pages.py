"""A page of results: one wave, or all waves of a survey, as a member may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from districts.charts import Chart
from districts.models import Membership
from surveys import result_rows, result_words
from surveys.figures import Figure, counted, figures
from surveys.models import Survey, Wave, WaveState
from surveys.questionnaire import Questionnaire
from surveys.result_rows import Block
from surveys.result_scope import ResultScope, scope_of
from surveys.sending_hours import survey_settings
from surveys.turnout import Turnout, turnout, whole


@dataclass(frozen=True)
class Results:
    """What may be seen of waves, the newest first, before it is put into words."""

    waves: Sequence[Wave]
    figures: Sequence[Figure]
    scope: ResultScope
    floor: int

    @property
    def questionnaire(self) -> Questionnaire:
        """Return the newest wording."""
        return self.waves[0].version.questionnaire

    @property
    def is_moving(self) -> bool:
        """Say whether answers still come in."""
        return any(wave.takes_answers for wave in self.waves)

    def places(self) -> dict[int | None, str]:
        """Return whose figures may be looked at, by name; None is all schools together."""
        names: dict[int | None, str] = {} if self.scope.is_limited else {None: _("All schools")}
        names.update((pk, name) for pk, name in self.scope.schools.items())
        return names

    def figure(self, key: str) -> Figure | None:
        """Return the figure of what was asked under a key, or None."""
        return next((one for one in self.figures if one.asked.key == key), None)

    def blocks(self) -> list[Block]:
        """Return all figures of the chosen school, or of the district."""
        return result_rows.blocks(
            self.figures, self.questionnaire, school=self.scope.school, floor=self.floor
        )


@dataclass(frozen=True)
class ResultPage:
    """Results with who answered: of the chosen school ``turnout``, of every school ``rates``."""

    results: Results
    blocks: Sequence[Block]
    counted: int
    turnout: Turnout
    rates: Sequence[tuple[str, Turnout]]
    chart: Chart

    @property
    def headline(self) -> str:
        """Return the page's first sentence."""
        rate = self.turnout.rate
        if rate.percent is None:
            return _("Nobody has been invited yet.")
        percent = result_words.percent(rate.percent)
        said = {"percent": percent, "answered": rate.part, "invited": rate.whole}
        sentence = _("%(percent)s of the invited families answered: %(answered)d of %(invited)d.")
        return sentence % said

    @property
    def has_figures(self) -> bool:
        """Say whether any figure is shown."""
        alone = (one for block in self.blocks for one in block.lines or [block])
        return any(one.n is not None for one in alone)


def results_of(waves: Sequence[Wave], member: Membership, *, school: str = "") -> Results:
    """Return what a member may see of waves of one survey, the newest first."""
    floor = survey_settings().floor
    return Results(waves, figures(waves, floor=floor), scope_of(member, school), floor)


def page_of(results: Results) -> ResultPage:
    """Return what a page of results shows."""
    scope, found = results.scope, turnout(results.waves)
    rates = [(name, found[pk]) for pk, name in scope.schools.items() if pk in found]
    if not scope.is_limited and None in found:
        rates.append((_("No school"), found[None]))
    chosen = found.get(scope.school, Turnout()) if scope.school else whole(found)
    return ResultPage(
        results=results,
        blocks=results.blocks(),
        counted=counted(results.waves, school=scope.school),
        turnout=chosen,
        rates=rates,
        chart=result_rows.rates_chart(rates),
    )


def waves_of(survey: Survey) -> list[Wave]:
    """Return the waves of a survey that were opened, the newest first."""
    opened = survey.waves.exclude(state=WaveState.PLANNED)
    return list(opened.select_related("survey", "version"))
