"""A page that sends what a screen sent, element by element, and does nothing else.

Run by Streamlit with BARE_PAGES set to the folder in which drawn.py keeps what screens sent.
"""

import os
from pathlib import Path

import streamlit as st
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

context = get_script_run_ctx()
number = st.query_params.get("page", "")
if context and number.isdecimal():
    for part in sorted((Path(os.environ["BARE_PAGES"]) / number).iterdir()):
        message = ForwardMsg()
        message.ParseFromString(part.read_bytes())
        context.enqueue(message)
