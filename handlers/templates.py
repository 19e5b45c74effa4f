"""`/heard templates`: what the team does with its reply templates."""

from __future__ import annotations

from contextlib import suppress

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View

from bot.core.refusals import Refusal
from bot.core.replies import Register, Template, asked_for, flaws
from handlers import payloads, refusals, template_forms
from handlers.asking import Asked
from handlers.calls import call
from handlers.edge import Edge
from handlers.markup import Words, say
from handlers.payloads import Payload, facts, user
from handlers.template_forms import ACTION_ID, HOW, LONGEST_SITUATION, SITUATION, TEXT, TITLE

FIELDS = (TITLE, SITUATION, TEXT)


def register(app: App) -> None:
    app.action(template_forms.REGISTER)(turned)
    app.action(template_forms.ADD)(added)
    app.action(template_forms.MENU)(chosen)
    app.view(template_forms.EDIT)(saved)
    app.view(template_forms.REMOVE)(removed)


def templates(asked: Asked) -> Words | None:
    """Open the list, in the register of the channel."""
    replying = asked.edge.desk.replying
    view = template_forms.listing(replying.templates(), replying.register(asked.channel))
    opened = call(asked.client, "views.open", trigger_id=asked.trigger, view=view)
    return None if opened.done else say(refusals.NOT_OPENED)


def turned(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Show the templates of another register."""
    _, how = payloads.clicked(body)
    if not refusals.refused(edge, user(body)):
        view = template_forms.listing(edge.desk.replying.templates(), Register(how))
        call(client, "views.update", view_id=body["view"]["id"], view=view)
    ack()


def added(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    _, how = payloads.clicked(body)
    if not refusals.refused(edge, user(body)):
        _push(client, body, template_forms.edit(None, Register(how), edge.desk.replying.slots()))
    ack()


def chosen(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Preview, edit or remove one."""
    if refusals.refused(edge, user(body)):
        ack()
        return
    _, value = payloads.clicked(body)
    what, _, template_id = value.partition("|")
    replying = edge.desk.replying
    try:
        template = replying.template(template_id)
        if what == template_forms.SEE:
            view = template_forms.seen(template, replying.history(template_id))
        elif what == template_forms.CHANGE:
            view = template_forms.edit(template, template.register, replying.slots(template_id))
        else:
            view = template_forms.remove(template)
        _push(client, body, view)
    except Refusal:  # somebody was quicker: show how it is now
        _refresh(client, str(body["view"]["id"]), Register(facts(body)["register"]), edge)
    ack()


def saved(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    """Keep what was written, or say beside each field what keeps it from being used."""
    values = body["view"]["state"]["values"]
    written = {name: str(values[name][ACTION_ID].get("value") or "").strip() for name in FIELDS}
    how = Register(values[HOW][ACTION_ID]["selected_option"]["value"])
    known = {slot.name: slot for slot in edge.desk.replying.slots(facts(body)["id"])}
    situation = written[SITUATION].lower()
    template = Template(
        id=facts(body)["id"] or _free_id(f"{situation[:LONGEST_SITUATION]}.{how}", edge),
        situation=situation,
        register=how,
        title=written[TITLE],
        text=written[TEXT],
        slots=tuple(known[name] for name in asked_for(written[TEXT]) if name in known),
    )
    faults: dict[str, str] = {}
    for flaw in flaws(template):
        if flaw.field != "id":  # which is made of the situation
            field = flaw.field if flaw.field in FIELDS else TEXT
            faults.setdefault(field, f"{flaw.says[0].upper()}{flaw.says[1:]}.")
    if problem := refusals.refused(edge, user(body)):
        faults = {TITLE: problem}
    if faults:
        ack(response_action="errors", errors=faults)
        return
    edge.desk.replying.keep(template, user(body), edge.now())
    ack()
    _refresh(client, str(body["view"].get("previous_view_id") or ""), how, edge)


def removed(ack: Ack, body: Payload, client: WebClient, edge: Edge) -> None:
    template_id, replying = facts(body)["id"], edge.desk.replying
    template = replying.once(template_id)
    if problem := refusals.refused(edge, user(body)):
        ack(response_action="update", view=template_forms.remove(template, problem))
        return
    with suppress(Refusal):  # it is gone already
        replying.remove(template_id, user(body), edge.now())
    ack()
    _refresh(client, str(body["view"].get("previous_view_id") or ""), template.register, edge)


def _free_id(wanted: str, edge: Edge) -> str:
    replying = edge.desk.replying
    taken = {one.id for one in replying.templates()}
    names = (wanted, *(f"{wanted}.{number}" for number in range(2, 1000)))
    return next(name for name in names if name not in taken and not replying.history(name))


def _push(client: WebClient, body: Payload, view: View) -> None:
    call(client, "views.push", trigger_id=body.get("trigger_id"), view=view)


def _refresh(client: WebClient, view_id: str, how: Register, edge: Edge) -> None:
    """Show the list as it is now, below the form that was sent."""
    view = template_forms.listing(edge.desk.replying.templates(), how)
    if view_id:
        edge.later(lambda: call(client, "views.update", view_id=view_id, view=view))
