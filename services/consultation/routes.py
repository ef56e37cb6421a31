"""The HTTP interface of consultation."""

from typing import Any

from services.consultation import commands, queries, register, schemas
from services.consultation.models import consultation, party, topic
from shared.chassis.http.views import Routes
from shared.chassis.uow import UnitOfWork

consultations = Routes("consultations", description="Asking the parties, and what they say.")
parties = Routes("parties", description="Whom one may ask, and which topics go to whom.")

Body = dict[str, Any]


@consultations.page("/cases/<uuid:case_id>/consultations", action="read case", returns=schemas.ConsultationView)
def list_consultations_of_case(uow: UnitOfWork, filters: Body, case_id: str) -> Any:
    """The consultations of a case in the order of asking."""
    query = queries.list_consultations_of_case(uow, case_id)
    return query, (consultation.c.id,), lambda rows: queries.show_all(uow, rows)


@consultations.command(
    "POST",
    "/cases/<uuid:case_id>/consultations",
    action="open consultation",
    body=schemas.OpenConsultation,
    returns=schemas.ConsultationView,
    creates=True,
)
def open_consultation(uow: UnitOfWork, body: Body, case_id: str) -> Any:
    """Ask a party about some parts of a case."""
    row = commands.open_consultation(uow, case_id, party_code=body.pop("party"), **body)
    return queries.show(uow, row)


@consultations.page(
    "/consultations",
    action="read consultation",
    filters=schemas.ConsultationFilters,
    returns=schemas.ConsultationView,
)
def list_consultations(uow: UnitOfWork, filters: Body) -> Any:
    """Consultations by the day to reply by, the first first. A party is shown its own."""
    query = queries.list_consultations(uow, filters)
    return query, (consultation.c.reply_by, consultation.c.id), lambda rows: queries.show_all(uow, rows)


@consultations.query(
    "/consultations/<uuid:consultation_id>", action="read consultation", returns=schemas.ConsultationView
)
def read_consultation(uow: UnitOfWork, consultation_id: str) -> Any:
    """One consultation."""
    return queries.show(uow, queries.find_consultation(uow, consultation_id))


@consultations.command(
    "POST",
    "/consultations/<uuid:consultation_id>/answer",
    action="answer",
    body=schemas.Answer,
    returns=schemas.ConsultationView,
    versioned=True,
)
def answer_consultation(uow: UnitOfWork, body: Body, consultation_id: str) -> Any:
    """Give advice, as the party that was asked."""
    row = queries.find_consultation(uow, consultation_id)
    return queries.show(uow, commands.answer(uow, row, **body))


@consultations.command(
    "POST",
    "/consultations/<uuid:consultation_id>/reminder",
    action="remind",
    returns=schemas.ConsultationView,
    versioned=True,
)
def remind_party(uow: UnitOfWork, consultation_id: str) -> Any:
    """Ask the party again."""
    row = queries.find_consultation(uow, consultation_id)
    return queries.show(uow, commands.remind(uow, row))


@consultations.command(
    "POST",
    "/cases/<uuid:case_id>/conclusion",
    action="conclude",
    body=schemas.Conclude,
    returns=schemas.ConclusionView,
    creates=True,
)
def conclude_consultations(uow: UnitOfWork, body: Body, case_id: str) -> Any:
    """End consulting on a case; whoever has not replied by now is not waited for."""
    commands.conclude(uow, case_id, **body)
    return queries.show_conclusion(uow, case_id)


@consultations.query("/cases/<uuid:case_id>/conclusion", action="read case", returns=schemas.ConclusionView)
def read_conclusion(uow: UnitOfWork, case_id: str) -> Any:
    """How consulting on a case ended."""
    return queries.show_conclusion(uow, case_id)


@consultations.query("/cases/<uuid:case_id>/consulted", action="read case", returns=schemas.ConsultedListView)
def read_consulted(uow: UnitOfWork, case_id: str) -> Any:
    """Who was consulted, by organisation and position: a list that may be released as it is."""
    return queries.show_consulted(uow, case_id)


@parties.page("/parties", action="read parties", returns=schemas.PartyView)
def list_parties(uow: UnitOfWork, filters: Body) -> Any:
    """The parties by their codes."""
    return queries.list_parties(), (party.c.id,), lambda rows: [queries.show_party(row) for row in rows]


@parties.command(
    "POST", "/parties", action="change parties", body=schemas.AddParty, returns=schemas.PartyView, creates=True
)
def add_party(uow: UnitOfWork, body: Body) -> Any:
    """Add a party."""
    return queries.show_party(register.add_party(uow, party_code=body.pop("party"), **body))


@parties.query("/parties/<party_code>", action="read parties", returns=schemas.PartyView)
def read_party(uow: UnitOfWork, party_code: str) -> Any:
    """One party."""
    return queries.show_party(queries.find_party(uow, party_code))


@parties.command(
    "PUT",
    "/parties/<party_code>",
    action="change parties",
    body=schemas.ChangeParty,
    returns=schemas.PartyView,
    versioned=True,
)
def change_party(uow: UnitOfWork, body: Body, party_code: str) -> Any:
    """Change a party, for consultations that are opened from now on."""
    row = queries.find_party(uow, party_code)
    return queries.show_party(register.change_party(uow, row, **body))


@parties.page("/rules", action="read parties", returns=schemas.RuleView)
def list_rules(uow: UnitOfWork, filters: Body) -> Any:
    """The topics that have or had a rule."""
    return queries.list_topics(), (topic.c.id,), lambda rows: queries.show_rules(uow, rows)


@parties.query("/rules/<topic_code>", action="read parties", returns=schemas.RuleView)
def read_rule(uow: UnitOfWork, topic_code: str) -> Any:
    """Where a topic goes. One without a rule goes to nobody and is at version 0."""
    return queries.show_rule(uow, register.topic_code(topic_code))


@parties.command(
    "PUT",
    "/rules/<topic_code>",
    action="change parties",
    body=schemas.ChangeRule,
    returns=schemas.RuleView,
    versioned=True,
)
def change_rule(uow: UnitOfWork, body: Body, topic_code: str) -> Any:
    """Say where a topic goes, for cases that are accepted from now on."""
    code = register.topic_code(topic_code)
    register.change_rule(uow, code, **body)
    return queries.show_rule(uow, code)
