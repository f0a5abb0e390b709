"""Everything that is true about dossiers without a browser. Never imports streamlit."""
