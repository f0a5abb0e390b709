"""Entry of the board: the frame around the screens, and the one the viewer chose. No query here."""

import streamlit as st

from pages.ui import address, shell

st.set_page_config(
    page_title="Đúng Hẹn",
    page_icon=str(shell.MARK),
    layout="wide",
    initial_sidebar_state="collapsed",
)
address.settle()
shell.run(shell.navigation())
