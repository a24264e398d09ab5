"""What no single key can say: whether the parts of a co-op's file agree with each other.

The checks read the document as it was written, so that one wrong key elsewhere hides none of their findings.
Whatever has the wrong type they pass over: that is the models' to tell.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from gateway.coop_config.positions import KeyPath
from gateway.coop_config.problems import Finding
from gateway.coop_config.systems import AdapterKeys, Adapters
from gateway.coop_terms import PortalView
from gateway.mistakes import did_you_mean

Document = Mapping[str, object]

_TEXTS_OF_FEATURES = {
    "PICO": (
        "as_of_note",
        "receipt_note",
        "slip_note",
        "no_collection_deadline",
        "lifetime_explanation",
        "how_to_resume",
    ),
    "MEAL_CARD": ("meal_card_balance_notice", "meal_card_follow_up"),
    "STATEMENTS": ("withdrawal_warning",),
}
_TABLES_OF_FEATURES = {
    "PICO": {
        "pico": "[pico]",
        "prepaid_disclosure": "[prepaid_disclosure]",
        "deposit_channels": "[[deposit_channels]]",
    },
    "STATEMENTS": {"billing": "[billing]"},
}
_VIEWS = {view.value for view in PortalView}
_NEEDED_HISTORIES = ("ALL", "PREPAID")
_PORTS = ("registry", "pos", "notices", "mailer")
_KEYS_OF_ADAPTERS = ("key_env", "username_env", "password_env", "terminal")


def findings(document: Document, file_stem: str, adapters: Adapters) -> Iterator[Finding]:
    """Everything that does not fit together."""
    yield from _code_is_the_file_name(document, file_stem)
    yield from _mail_comes_from_the_domain_members_let_through(document)
    yield from _a_reset_link_has_its_page(document)
    yield from _features_have_their_tables(document)
    yield from _features_have_their_texts(document)
    yield from _features_have_their_stores(document)
    yield from _a_change_of_workplace_has_its_form(document)
    yield from _store_codes_differ(document)
    yield from _histories_are_complete(document)
    yield from _pos_is_there_when_it_is_asked(document)
    yield from _adapters_are_known(document, adapters)


def _code_is_the_file_name(document: Document, file_stem: str) -> Iterator[Finding]:
    code = document.get("code")
    if isinstance(code, str) and code != file_stem:
        yield Finding(
            ("code",), "differs from the file's name", f"Name the file {code}.toml or write {file_stem!r}."
        )


def _mail_comes_from_the_domain_members_let_through(document: Document) -> Iterator[Finding]:
    domain, sender = document.get("mail_domain"), document.get("mail_from")
    if not isinstance(domain, str) or not isinstance(sender, str):
        return
    if sender.rpartition("@")[2] != domain:
        yield Finding(("mail_from",), "is not in `mail_domain`", f"Members let only {domain} through (A24).")


def _a_reset_link_has_its_page(document: Document) -> Iterator[Finding]:
    mails_a_link = document.get("password_recovery") == "RESET_LINK"
    has_page = "password_reset_url" in _table(document, "pages")
    if mails_a_link and not has_page:
        what = "is missing, and `password_recovery` RESET_LINK leads there"
        yield Finding(("pages", "password_reset_url"), what, "Add it to [pages].")
    if has_page and document.get("password_recovery") == "REISSUE":
        what = "is there, but `password_recovery` REISSUE mails no link"
        yield Finding(("pages", "password_reset_url"), what, "Take it out.")


def _features_have_their_tables(document: Document) -> Iterator[Finding]:
    for feature, tables in _TABLES_OF_FEATURES.items():
        for key, header in tables.items():
            if _has(document, feature) and not document.get(key):
                yield Finding(
                    ("features",), f"has {feature}, but {header} is missing", f"Add the table {header}."
                )
            if not _has(document, feature) and document.get(key):
                yield Finding(
                    (key,), f"is there without the feature {feature}", "Add the feature or take it out."
                )


def _features_have_their_texts(document: Document) -> Iterator[Finding]:
    texts = _table(document, "texts")
    for feature, names in _TEXTS_OF_FEATURES.items():
        for name in names:
            if _has(document, feature) and not texts.get(name):
                yield Finding(
                    ("texts", name), f"is missing, and the feature {feature} shows it", "Add it to [texts]."
                )


def _features_have_their_stores(document: Document) -> Iterator[Finding]:
    stores = [store for _, store in _tables(document, "stores")]
    if _has(document, "PICO") and not any(store.get("can_receive_prepaid") is True for store in stores):
        yield Finding(
            ("stores",),
            "has no store that hands out prepaid money, and the feature PICO needs one",
            "Set `can_receive_prepaid = true` in at least one of [[stores]] (B14).",
        )
    if _has(document, "MEAL_CARD") and not any(store.get("is_dining_hall") is True for store in stores):
        yield Finding(
            ("stores",),
            "has no dining hall, and the feature MEAL_CARD needs one",
            "Set `is_dining_hall = true` in at least one of [[stores]] (D4).",
        )


def _a_change_of_workplace_has_its_form(document: Document) -> Iterator[Finding]:
    kinds = {channel.get("kind") for _, channel in _tables(document, "manual_channels")}
    if _has(document, "PROFILE_CHANGE") and "TRANSFER_AND_RETIREMENT_FORM" not in kinds:
        what = (
            "has no TRANSFER_AND_RETIREMENT_FORM, and the feature PROFILE_CHANGE sends members there "
            "who have changed their workplace (E18)"
        )
        yield Finding(("manual_channels",), what, "Add it to [[manual_channels]].")


def _store_codes_differ(document: Document) -> Iterator[Finding]:
    first_with: dict[str, int] = {}
    for index, store in _tables(document, "stores"):
        code = store.get("code")
        if isinstance(code, str) and first_with.setdefault(code, index) != index:
            yield Finding(
                ("stores", index, "code"),
                f"is the same as that of `stores[{first_with[code] + 1}]`",
                "Give each store a code of its own.",
            )


def _histories_are_complete(document: Document) -> Iterator[Finding]:
    """Each view that is offered has the histories a portal cannot do without; the API's own view is PC."""
    if "pico" not in document:
        return
    offered: set[tuple[str, str]] = set()
    for index, rule in _tables(_table(document, "pico"), "history"):
        view, kind = str(rule.get("view")), str(rule.get("kind"))
        if (view, kind) in offered:
            what = f"is a second rule for {view} and {kind}"
            yield Finding(("pico", "history", index), what, "Keep one of them.")
        offered.add((view, kind))
    views = {"PC"} | {view for view, _ in offered if view in _VIEWS}
    for view, kind in sorted(set(product(views, _NEEDED_HISTORIES)) - offered):
        yield Finding(
            ("pico", "history"),
            f"has no rule for the view {view} and the kind {kind}",
            f'Add [[pico.history]] with view = "{view}" and kind = "{kind}".',
        )


def _pos_is_there_when_it_is_asked(document: Document) -> Iterator[Finding]:
    asked = [feature for feature in ("PICO", "MEAL_CARD") if _has(document, feature)]
    there = "pos" in _table(document, "systems")
    if asked and not there:
        yield Finding(
            ("features",),
            f"has {' and '.join(asked)}, but there is no POS to ask",
            "Add the table [systems.pos].",
        )
    if there and not asked:
        yield Finding(
            ("systems", "pos"),
            "is there without the feature PICO or MEAL_CARD, so nothing asks it",
            "Add the feature or take it out.",
        )


def _adapters_are_known(document: Document, adapters: Adapters) -> Iterator[Finding]:
    systems = _table(document, "systems")
    for port in _PORTS:
        system = _table(systems, port)
        name, known = system.get("adapter"), adapters.get(port, {})
        if not isinstance(name, str):
            continue
        if name in known:
            yield from _adapter_has_its_keys(system, name, ("systems", port), known[name])
        else:
            yield Finding(
                ("systems", port, "adapter"),
                "is not an adapter for this system",
                did_you_mean(name, sorted(known)),
            )


def _adapter_has_its_keys(system: Document, name: str, path: KeyPath, keys: AdapterKeys) -> Iterator[Finding]:
    for key in _KEYS_OF_ADAPTERS:
        if key in keys.needed and key not in system:
            yield Finding((*path, key), f"is missing, and the adapter {name} needs it", f"Add `{key} = …`.")
        if key in system and key not in (*keys.needed, *keys.optional):
            yield Finding((*path, key), f"is not used by the adapter {name}", "Take it out.")


def _has(document: Document, feature: str) -> bool:
    features = document.get("features")
    return isinstance(features, list) and feature in features


def _table(document: Document, key: str) -> Document:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _tables(document: Document, key: str) -> list[tuple[int, Document]]:
    """The tables of a list with their places in it."""
    value = document.get(key)
    items = value if isinstance(value, list) else []
    return [(index, item) for index, item in enumerate(items) if isinstance(item, dict)]
