"""Who is looking, on every screen: name, role, units, why he sees what he sees, and the way out."""

from __future__ import annotations

import streamlit as st

from pages.ui import address, moment, parting, warehouse
from pages.ui.identity import Identity, listed_people
from pages.ui.text import escaped
from pipeline.access_explained import (
    Grounds,
    Places,
    grounds_chosen,
    grounds_of,
    places_in,
    sentences,
)
from pipeline.warehouse import Snapshot

EVERY = ""


def panel(who: Identity, snapshot: Snapshot | None) -> None:
    """A button that opens the account; what it holds is made when it is opened."""
    words = who.words
    box = st.popover(
        escaped(who.name) or words("account.local"),
        icon=":material/account_circle:",
        type="tertiary",
        key="account",
        on_change="rerun",
        help=words("account.open"),
        width="content",
    )
    if box.open:
        with box:
            _opened(who, snapshot)


def _opened(who: Identity, snapshot: Snapshot | None) -> None:
    words = who.words
    if not who.chooses_role:
        _narrow(who, snapshot)
    st.markdown(f"**{words('access.why.title')}**")
    why(who, snapshot)
    if who.mode == "oidc":
        st.button(
            words("account.sign_out"),
            key="account.sign_out",
            icon=":material/logout:",
            on_click=parting.leave,
            args=(who,),
        )
    elif who.mode == "proxy":
        _leave_the_proxy(who)


def why(who: Identity, snapshot: Snapshot | None) -> None:
    """The grounds in words, one sentence a line."""
    grounds, places = grounds_for(who, snapshot)
    told = [f"- {line}" for line in sentences(grounds, places, who.words, escaped)]
    if grounds.placed and who.unit_ids != _all_units(who):
        told.append(f"- {who.words('access.why.narrowed')}")
    st.markdown("\n".join(told))


def grounds_for(who: Identity, snapshot: Snapshot | None) -> tuple[Grounds, Places]:
    """On what grounds the viewer sees the board, and the units it speaks of."""
    if who.chooses_role:
        places = _places(snapshot, who.unit_ids)
        return grounds_chosen(who.person, who.role, who.unit_ids, places), places
    entry = listed_people().admitted(who.person, moment.now().date())
    places = _places(snapshot, entry.units or ())
    return grounds_of(entry, places, moment.now().date()), places


def _places(snapshot: Snapshot | None, units: tuple[str, ...]) -> Places:
    return warehouse.places(snapshot, tuple(sorted(units))) if snapshot else places_in(None, ())


def _all_units(who: Identity) -> tuple[str, ...]:
    if who.chooses_role:
        return who.unit_ids
    return listed_people().admitted(who.person, moment.now().date()).units or ()


def _narrow(who: Identity, snapshot: Snapshot | None) -> None:
    """Who has several units may look at one of them at a time."""
    units = _all_units(who)
    if len(units) < 2:
        return
    words, places = who.words, _places(snapshot, units)

    def shown(unit: str) -> str:
        if unit == EVERY:
            return words("account.all_mine")
        named = places.named.get(unit, ())
        return places.names[named[0]] if len(named) == 1 else unit

    address.choose(
        "as",
        [EVERY, *units],
        default=EVERY,
        label=words("account.unit"),
        shown=shown,
        on_choice=_take_unit,
    )


def _take_unit(unit: str) -> None:
    """Another of the own units: a filter inside the former one goes with it."""
    address.write("as", unit or None)
    address.write("unit", None)


def _leave_the_proxy(who: Identity) -> None:
    proxy = listed_people().proxy
    if proxy is not None and proxy.sign_out:
        label = who.words("account.sign_out")
        st.link_button(label, proxy.sign_out, icon=":material/logout:")
    else:
        st.caption(who.words("account.proxy_sign_out"))
