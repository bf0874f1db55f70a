"""The interface of the local page: FastAPI over a desk, with an OpenAPI document of typed requests and answers.

No request names a file or a folder: what is read and where plans are saved was settled when the page was started.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from giliran.domain.place import Place
from giliran.domain.selection import Model
from giliran.errors import InputError, Problem, Where
from giliran.files.substitutes import SubstitutesFile
from giliran.files.why import WhyFile
from giliran.instance.naming import day_named, person_named
from giliran.instance.reading import unknown_word
from giliran.messages import Said, Sentence, meant, plain
from giliran.reports.discreet import private_reasons, without, without_reasons
from giliran.reports.report import Report
from giliran.reports.style import PlanStyle
from giliran.rules.toolkit.personal import name_of, place_text
from giliran.service.desk import Desk, Effect, Seen
from giliran.service.discretion import told_job, told_substitutes, told_why
from giliran.service.guards import DEBUG, FAULT
from giliran.service.jobs import Job
from giliran.service.limits import LONGEST_WORD
from giliran.service.models import (
    CellAnswer,
    CellWanted,
    ChangeAnswer,
    ChangeRequest,
    JobRequest,
    JobState,
    PageAnswer,
    PhaseAnswer,
    SavedAnswer,
    StaleAnswer,
    StateAnswer,
    SubstitutesAnswer,
    VersionRequest,
    WhyAnswer,
    line_records,
    state_answer,
)
from giliran.service.pages import first_page, patch_of
from giliran.service.problems import Problems, records_of
from giliran.service.refusals import RefusalError, StaleError
from giliran.service.states import Cell, places_of
from giliran.versions import versions
from giliran.whatif.substitutes_text import substitutes_lines
from giliran.whatif.why_text import why_lines

if TYPE_CHECKING:
    from fastapi import FastAPI, Response

_NOBODY = Sentence(en="nobody here has the id '{found}'", id="tidak ada pegawai dengan id '{found}'")
_NO_WORK = Sentence(
    en="{person} has no work on {day}, or is away, so no place can be set",
    id="{person} tidak bekerja atau tidak masuk pada {day}, jadi tempatnya tidak dapat diisi",
)
_NOT_THERE = Sentence(en="{person} can be {places} on {day}, not {place}", id="{person} dapat {places} pada {day}, bukan {place}")
_NO_DUTY = Sentence(en="'{rule}' is not a duty rule here", id="'{rule}' bukan aturan piket yang berlaku di sini")
_TWICE = Sentence(en="{person} on {day} is named twice", id="{person} pada {day} disebut dua kali")
_NOTHING = Sentence(en="neither a place nor duties are given", id="tempat maupun piketnya tidak disebut")
_UNREAD = Sentence(en="the request cannot be read: {where}", id="permintaan tidak dapat dibaca: {where}")
_NO_PATH = Sentence(en="there is nothing here", id="tidak ada apa pun di sini")


@dataclass(frozen=True)
class Interface:
    """What the interface is made of.

    Parameters
    ----------
    desk
        The plan.
    style
        Language of the page, and whether reasons of absence are told.
    """

    desk: Desk
    style: PlanStyle

    def told(self, seen: Seen) -> Seen:
        """What is seen, without saying why people are away where that is not to be told."""
        if self.style.reasons:
            return seen
        report = without_reasons(Report.of_audit(seen.instance, seen.state.plan, seen.audit))
        job = None if seen.job is None else told_job(seen.job, self.tell)
        return replace(seen, audit=replace(seen.audit, findings=tuple(report.findings)), job=job)

    def tell(self, said: Said) -> Said:
        """A sentence as `told` would have it."""
        return said if self.style.reasons else without(said, private_reasons(self.desk.instance.facts))

    def job(self, job: Job) -> JobState:
        """How a job stands, as an answer."""
        return JobState.of(told_job(job, self.tell))

    def state(self, seen: Seen) -> StateAnswer:
        """The plan at hand as an answer."""
        return state_answer(self.told(seen), self.style.lang)

    def effect(self, effect: Effect) -> ChangeAnswer:
        """A change as an answer."""
        told = Effect(self.told(effect.before), self.told(effect.after))
        return ChangeAnswer.of(told, self.state(effect.after))

    def cells(self, wanted: list[CellWanted]) -> tuple[Cell, ...]:
        """Cells of a request.

        Raises
        ------
        InputError
            With everybody, every day, place and rule that cannot be.
        """
        problems: list[Problem] = []
        cells = [cell for n, each in enumerate(wanted) if (cell := self._cell(each, n, problems)) is not None]
        seen: set[tuple[int, int]] = set()
        facts = self.desk.instance.facts
        for n, cell in enumerate(cells):
            if (cell.person, cell.day) in seen:
                said = _TWICE(person=name_of(facts, cell.person), day=facts.dates[cell.day])
                problems.append(Problem(Where(field=f"cells[{n}]"), said))
            seen.add((cell.person, cell.day))
        if problems:
            raise InputError(problems)
        return tuple(cells)

    def _cell(self, wanted: CellWanted, n: int, problems: list[Problem]) -> Cell | None:
        facts, found = self.desk.instance.facts, len(problems)
        e = facts.staff.index.get(wanted.staff_id)
        if e is None:
            where = Where(field=f"cells[{n}].staff_id")
            problems.append(unknown_word(where, _NOBODY(found=plain(wanted.staff_id)), wanted.staff_id, facts.staff.index))
        try:
            d = day_named(facts, wanted.date, Where(field=f"cells[{n}].date"))
        except InputError as error:
            problems += error.problems
        duties = [duty.rule for duty in self.desk.instance.view.duties]
        for rule in wanted.duty or ():
            if rule not in duties:
                problems.append(Problem(Where(field=f"cells[{n}].duty"), _NO_DUTY(rule=plain(rule)), meant(rule, duties)))
        if wanted.place is None and wanted.duty is None:
            problems.append(Problem(Where(field=f"cells[{n}]"), _NOTHING()))
        if e is None or len(problems) > found:
            return None
        allowed = places_of(facts, e, d)
        if wanted.place is None or (wanted.place == "rest" and not allowed):
            place = None
        else:
            place = allowed[1] if wanted.place == "rest" else Place[wanted.place.upper()]
        if not allowed or (place is not None and place not in allowed):
            problems.append(Problem(Where(field=f"cells[{n}].place"), self._misplaced(e, d, place, allowed)))
            return None
        return Cell(e, d, place, None if wanted.duty is None else tuple(dict.fromkeys(wanted.duty)))

    def _misplaced(self, e: int, d: int, place: Place | None, allowed: tuple[Place, ...]) -> Said:
        facts = self.desk.instance.facts
        told = {"person": name_of(facts, e), "day": facts.dates[d]}
        if not allowed or place is None:
            return _NO_WORK(**told)
        return _NOT_THERE(places=[place_text(each) for each in allowed], place=place_text(place), **told)


def application(desk: Desk, style: PlanStyle) -> FastAPI:
    """The interface of a desk."""
    from fastapi import FastAPI

    interface = Interface(desk, style)
    refused: dict[int | str, dict[str, Any]] = {status: {"model": StaleAnswer} for status in (409, 422, 503)}
    app = FastAPI(title="Giliran", version=versions()["giliran"], docs_url=None, redoc_url=None, responses=refused)
    _tell_problems(app, interface)
    _show(app, interface, style)
    _change(app, interface)
    _ask(app, interface)
    _work(app, interface)
    return app


def _required() -> Any:
    """A word that a request must have."""
    from fastapi import Query

    return Query(min_length=1, max_length=LONGEST_WORD)


def _said(answer: Model) -> Response:
    """The answer as it is: it was made as its model is, and is not checked a second time."""
    from fastapi import Response

    return Response(answer.model_dump_json(by_alias=True), media_type="application/json")


def _show(app: FastAPI, interface: Interface, style: PlanStyle) -> None:
    """The page, and the plan as it is."""
    from fastapi.responses import HTMLResponse

    desk = interface.desk

    @app.get("/", response_class=HTMLResponse, response_model=None, include_in_schema=False)
    def page() -> Any:
        """The page."""
        return HTMLResponse(first_page(interface.told(desk.seen()), style))

    @app.get("/api/state", response_model=StateAnswer)
    def state() -> Any:
        """The plan as it is, with its audit."""
        return _said(interface.state(desk.seen()))

    @app.get("/api/page", response_model=PageAnswer)
    def parts() -> Any:
        """What the page draws anew of the plan as it is."""
        told = interface.told(desk.seen())
        return _said(PageAnswer(version=told.state.version, page=patch_of(told, style)))

    @app.get("/api/phase")
    def phase() -> PhaseAnswer:
        """What the desk is at, without the plan."""
        seen = desk.seen()
        return PhaseAnswer(version=seen.state.version, phase=seen.phase, job=None if seen.job is None else interface.job(seen.job))


def _change(app: FastAPI, interface: Interface) -> None:
    """What can be changed by hand."""
    desk = interface.desk

    @app.get("/api/cell")
    def cell(staff: str = _required(), date: str = _required()) -> CellAnswer:
        """What can be set for a person on a day."""
        facts = desk.instance.facts
        person, day = person_named(facts, staff, Where(field="staff")), day_named(facts, date, Where(field="date"))
        return CellAnswer.of(desk.seen(), person, day)

    @app.post("/api/changes", response_model=ChangeAnswer)
    def change(request: ChangeRequest) -> Any:
        """Change cells by hand: what that breaks and costs. It is kept before it is answered."""
        return _said(interface.effect(desk.change(request.version, interface.cells(request.cells))))

    @app.post("/api/undo", response_model=ChangeAnswer)
    def undo(request: VersionRequest) -> Any:
        """Take the last change, or the last plan that was made, back."""
        return _said(interface.effect(desk.undo(request.version)))


def _ask(app: FastAPI, interface: Interface) -> None:
    """Questions about the plan."""
    desk = interface.desk

    @app.get("/api/why", response_model=WhyAnswer)
    def why(version: int, staff: str = _required(), date: str | None = None) -> Any:
        """Why somebody is where the plan has them on a day, or on all, and what the opposite would cost."""
        found = told_why(desk.why(version, staff, date), interface.tell)
        return _said(WhyAnswer(version=version, lines=line_records(why_lines(found)), why=WhyFile.of(found)))

    @app.get("/api/substitutes", response_model=SubstitutesAnswer)
    def substitutes(version: int, staff: str = _required(), date: str = _required(), duty: str | None = None) -> Any:
        """Who could stand in for somebody on a day, in the office or for a duty."""
        found = told_substitutes(desk.substitutes(version, staff, date, duty), interface.tell)
        lines = line_records(substitutes_lines(found))
        return _said(SubstitutesAnswer(version=version, lines=lines, substitutes=SubstitutesFile.of(found, None)))


def _work(app: FastAPI, interface: Interface) -> None:
    """Plans that are made, and the workbook."""
    desk = interface.desk

    @app.post("/api/jobs", status_code=HTTPStatus.ACCEPTED)
    def begin(request: JobRequest) -> JobState:
        """Begin to make a plan; one at a time."""
        return interface.job(desk.begin(request.version, request.kind))

    @app.get("/api/jobs/{number}")
    def job(number: int) -> JobState:
        """How a job stands."""
        return interface.job(desk.job(number))

    @app.post("/api/jobs/{number}/cancel")
    def cancel(number: int) -> JobState:
        """Tell a job to end; the plan stays as it was."""
        return interface.job(desk.cancel(number))

    @app.post("/api/save")
    def save(request: VersionRequest) -> SavedAnswer:
        """Write the plan to a workbook beside the input, under a name that was settled when the page was started."""
        return SavedAnswer.of(desk.write(request.version))


def _tell_problems(app: FastAPI, interface: Interface) -> None:
    """Every error as problems in both languages."""
    from fastapi import Request
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import JSONResponse
    from starlette.exceptions import HTTPException

    def answer(status: int, problems: Problems) -> JSONResponse:
        return JSONResponse(problems.model_dump(mode="json"), status)

    def refusal(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RefusalError)
        state = interface.state(interface.desk.seen()) if isinstance(error, StaleError) else None
        problems = records_of([Problem(Where(), error.said)])
        return answer(error.status, StaleAnswer(problems=problems, state=state))

    def bad_input(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, InputError)
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, Problems.of(error.told()))

    def unreadable(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        places = [".".join(map(str, found["loc"]))[:LONGEST_WORD] for found in error.errors()[:10]]
        return answer(HTTPStatus.UNPROCESSABLE_ENTITY, Problems.of(Problem(Where(), _UNREAD(where=plain(place))) for place in places))

    def fault(request: Request, error: Exception) -> JSONResponse:
        return answer(HTTPStatus.INTERNAL_SERVER_ERROR, Problems.of([Problem(Where(), FAULT(what=type(error).__name__, variable=DEBUG))]))

    def other(request: Request, error: Exception) -> JSONResponse:
        status = getattr(error, "status_code", HTTPStatus.BAD_REQUEST)
        return answer(status, Problems.of([Problem(Where(), _NO_PATH())]))

    handlers: list[tuple[type[Exception], Callable[[Request, Exception], JSONResponse]]] = [
        (RefusalError, refusal),
        (InputError, bad_input),
        (RequestValidationError, unreadable),
        (HTTPException, other),
        (Exception, fault),
    ]
    for kind, handler in handlers:
        app.add_exception_handler(kind, handler)
