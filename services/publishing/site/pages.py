"""The addresses of the public site."""

import orjson
from flask import Blueprint, Response, request

from services.publishing.site import answers, data, feed, published, wording
from services.publishing.site.arrangement import arranged
from shared.chassis.errors import NotFound
from shared.chassis.http.problems import judged
from shared.chassis.http.site import as_page, reading
from shared.contracts.authorities import Site, sites
from shared.contracts.response import Response as Reply

pages = Blueprint("site", __name__, static_folder="static", static_url_path="/static")


@pages.get("/")
def all_sites() -> Response:
    return answers.page("sites.html", site=None, sites=sorted(sites().values(), key=lambda site: site.name))


@pages.get("/<site>/")
def log(site: str) -> Response:
    shown = _site(site)
    after = request.args.get("after")
    with reading() as uow:
        rows, following = published.newest(uow, site, after)
        changed = published.last_change(uow, site)
    return answers.page("log.html", changed=changed, site=shown, rows=rows, next=following, older=after is not None)


@pages.get("/<site>/disclosures.json")
def log_as_data(site: str) -> Response:
    shown = _site(site)
    with reading() as uow:
        rows, following = published.newest(uow, site, request.args.get("after"))
        changed = published.last_change(uow, site)
    return answers.data(data.log(rows, following, shown), changed=changed)


@pages.get("/<site>/feed.atom")
def atom(site: str) -> Response:
    shown = _site(site)
    with reading() as uow:
        rows, _ = published.newest(uow, site)
        gone = published.withdrawn_lately(uow, site)
        changed = published.last_change(uow, site)
    body = feed.feed(shown, request.host_url, changed, rows, gone)
    return answers.feed(body, feed.MEDIA_TYPE, changed=changed)


@pages.get("/<site>/disclosures/<slug>")
def disclosure(site: str, slug: str) -> Response:
    shown = _site(site)
    with reading() as uow:
        row = published.one(uow, site, slug)
    if row.state == "withdrawn":
        return answers.page("withdrawn.html", status=410, site=shown, row=row)
    reply = _reply(row.content)
    return answers.page(
        "disclosure.html",
        changed=row.released_at,
        site=shown,
        row=row,
        reply=reply,
        blocks=arranged(reply),
        rights=wording.rights(row.answered_on),
    )


@pages.get("/<site>/disclosures/<slug>.json")
def disclosure_as_data(site: str, slug: str) -> Response:
    shown = _site(site)
    with reading() as uow:
        row = published.one(uow, site, slug)
    if row.state == "withdrawn":
        return answers.data(data.tombstone(row), status=410)
    return answers.data(data.whole(row, _reply(row.content), shown), changed=row.released_at)


@pages.get("/<site>/disclosures/<slug>/documents/<digest>/<name>")
def document(site: str, slug: str, digest: str, name: str) -> Response:
    shown = _site(site)
    with reading() as uow:
        row = published.one(uow, site, slug)
        if row.state == "withdrawn":
            return answers.page("withdrawn.html", status=410, site=shown, row=row)
        for held in _reply(row.content).attachments:
            if (held.digest, held.name) == (digest, name):
                content = uow.blobs.get(digest)
                return answers.document(content, held.media_type, name, changed=row.released_at)
    raise NotFound("document", name)


@pages.errorhandler(NotFound)
def nothing_here(error: NotFound) -> Response:
    """Told on a page with a way on, for whoever came by an old or mistyped address."""
    told = judged(error)
    if request.accept_mimetypes.best_match(("text/html", "application/json"), default="text/html") != "text/html":
        return as_page(told)
    return answers.page("missing.html", status=404, site=sites().get((request.view_args or {}).get("site", "")))


def _site(code: str) -> Site:
    try:
        return sites()[code]
    except KeyError:
        raise NotFound("site", code) from None


def _reply(content: dict[str, object]) -> Reply:
    return Reply.from_bytes(orjson.dumps(content))
