"""Entry of the board: the frame around the screens, and the one the viewer chose. No query here."""

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from pages.ui import door

    # Read by the server, once, before it lets anybody in. Until a first visitor has been to
    # st.navigation, Streamlit takes the folder pages/ for its former kind of multipage app and
    # calls every address but the board's own "Page not found"; so it is told beforehand.
    PagesManager.uses_pages_directory = False
    app = st.App(__file__, middleware=door.stands_open())
else:
    from pages.ui import address, shell

    st.set_page_config(
        page_title="Đúng Hẹn",
        page_icon=str(shell.MARK),
        layout="wide",
        initial_sidebar_state="collapsed",
    )
    address.settle()
    shell.board()
