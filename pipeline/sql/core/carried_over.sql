-- Marts that an ingest carries over from the snapshot before and brings up to date, by what it changed alone;
-- what they say stands in pipeline/sql/marts. A snapshot begins with them empty.
create table cell (
    cell_id integer not null,
    line_id integer not null,
    system text not null,
    unit_id text,
    receiving_unit_id text,
    field_name text,
    procedure_key text,
    channel text not null,
    dossier_n integer not null
);
create table flow_month (
    month date not null,
    cell_id integer not null,
    received_n integer not null,
    not_accepted_n integer not null,
    unknown_n integer not null,
    moved_n integer not null,
    moved_left_n integer not null,
    early_n integer not null,
    on_time_n integer not null,
    late_n integer not null,
    resolved_no_due_n integer not null,
    refused_n integer not null,
    withdrawn_n integer not null,
    stopped_n integer not null,
    late_against_first_promise_n integer not null,
    open_delta integer not null,
    waiting_delta integer not null,
    no_due_delta integer not null,
    overdue_delta integer not null
);
create table officer_label (officer_name text not null, unit_id text, receiving_unit_id text, dossier_n integer not null);
create table procedure_as_written (procedure_code text, procedure_name text, field_name text, dossier_n integer not null);
create table horizon (open_from timestamp not null, former_from timestamp not null);
create table open_dossier as from dossier limit 0;
