-- Tables of a snapshot. Grain stands above each table; text keys are kept as the source wrote them.

-- One row per landed batch; batch_no is the order of landing, a later batch supersedes an earlier one.
create table batch (
    batch_no integer not null,
    batch_id text not null,
    source text not null,
    kind text not null,
    system text not null,
    landed_at timestamp not null,
    data_at timestamp,                 -- latest moment the accepted rows speak of, never after landed_at
    listed_on date,                    -- the day that the list's folder is named for
    fresh_within_days integer,         -- working days after which the source counts as stale
    is_invented boolean not null,      -- written by the demo generator
    read_n bigint not null,
    accepted_n bigint not null,
    rejected_n bigint not null,
    duplicate_n bigint not null,
    left_out_n bigint not null,        -- titles, group rows, totals, signatures: never part of read_n
    mapped_columns text[] not null,
    links_to text[] not null           -- systems whose dossier codes the rows speak of; empty = any
);

-- One row per table found in a file of a batch.
create table batch_sheet (
    batch_no integer not null,
    sheet_no integer not null,
    file_name text not null,
    sheet_name text,
    sha256 text not null,
    encoding text,
    header_line integer,
    read_n bigint not null,
    left_out_n bigint not null
);

-- One row per row that was not accepted (rule = 'duplicate_code' for one superseded inside its batch).
create table reject (
    batch_no integer not null,
    sheet_no integer not null,
    line bigint not null,
    rule text not null,
    column_name text,
    value text,
    row_text text not null             -- the row as landed, JSON object header -> text; personal data
);

-- One row per finding on an accepted dossier; detail is machine text such as '2024-01-02 > 2024-01-01'.
create table flag (
    batch_no integer not null,
    system text not null,
    dossier_code text not null,
    unit_id text,
    rule text not null,
    column_name text,
    detail text
);

-- One row per header, alias or value that the mapping could not place.
create table mapping_warning (
    batch_no integer not null,
    warning text not null,             -- unknown_header | unused_alias | unknown_value | unneeded_correction
    column_name text,
    value text,
    row_n bigint
);

-- One row per unit and validity; unit_id is stable, names repeat.
create table unit (
    unit_id text not null,
    unit_code text,
    unit_name text not null,
    unit_level text,                   -- province | department | district | commune | branch | other
    parent_id text,
    valid_from date,
    valid_to date,                     -- last day in force; null = in force
    is_registered boolean not null     -- false: found in a dossier, absent from the office's own list
);

-- One row per pair of a unit and what took its place.
create table unit_successor (
    old_unit_id text not null,
    new_unit_id text not null,
    from_date date not null,
    relation text not null,            -- merged | split | renamed
    share double
);

-- One row per pair (ancestor, unit), each unit its own ancestor.
create table unit_tree (ancestor_id text not null, unit_id text not null);

-- One row per procedure of the reference list.
create table procedure (
    procedure_code text not null,
    procedure_name text not null,
    field_name text,
    agency_level text,                 -- ministry | province | district | commune | other; several are joined by ', '
    online_level text,                 -- online_full | online_partial | none
    limit_value double,
    limit_unit text,                   -- working_day | day | hour | month
    agency_name text,                  -- who carries it out, as the list writes it
    is_on_the_spot boolean,            -- received, examined, approved and given back at the centre ("4 tại chỗ"); null: not said
    valid_from date,
    valid_to date                      -- last day in force; null = in force
);

-- One row per calendar day; working_no counts working days since the first day of the table.
create table calendar_day (
    day date not null,
    is_working boolean not null,
    working_no integer not null,       -- number of working days up to and including this day
    note text
);

-- One row per dossier = system + dossier_code, as the latest batch speaks of it.
create table dossier (
    system text not null,
    dossier_code text not null,
    source text not null,
    batch_no integer not null,
    listed_on date,                    -- the day of the list that tells it, where its folder is named for one
    seen struct(batch_no integer, sheet_no integer, line bigint)[] not null, -- every batch that spoke of it
    procedure_code text,
    procedure_name text,
    field_name text,
    unit_id text,
    receiving_unit_id text,
    officer_name text,
    step_name text,                    -- where it lies now
    channel text not null,             -- online_full | online_partial | online | counter | post | unknown
    applicant_name text,
    applicant_phone text,
    submitted_at timestamp,
    received_at timestamp not null,
    due_at timestamp,
    first_due_at timestamp,
    due_moves integer not null,        -- how often a later batch, or the source, moved the promise
    finished_at timestamp,
    handed_over_at timestamp,
    result_signed_at timestamp,
    result_no text,                    -- the number under which the result was issued
    tells_result_no boolean not null,  -- a source that has such a column spoke of it
    ended_at timestamp,                -- refused, withdrawn, stopped: when
    supplement_requested_at timestamp,
    supplement_completed_at timestamp,
    late_flag text,                    -- late | in_time, where the source gives a verdict and not the dates
    status text not null,
    status_text text,                  -- the source's own word
    on_time_rule text not null,        -- day | instant
    -- derived once, so that every query speaks of the same thing
    outcome text not null,             -- open | resolved | refused | withdrawn | stopped | unknown | not_accepted
    closed_at timestamp,               -- when it stopped being open; null while open
    timing text,                       -- of resolved: early | on_time | late | no_due
    is_waiting boolean not null        -- open and its clock stopped: supplement or payment
);

-- One row per column of a dossier that a later batch changed.
create table dossier_change (
    system text not null,
    dossier_code text not null,
    batch_no integer not null,
    column_name text not null,
    old_value text,
    new_value text
);

-- One row per step of a dossier (control slip line, event).
create table dossier_step (
    system text not null,
    dossier_code text not null,
    batch_no integer not null,
    step_no integer not null,          -- order within the dossier
    step_name text,
    unit_id text,
    officer_name text,
    started_at timestamp,
    due_at timestamp,
    finished_at timestamp,
    note text
);

-- One row per apology letter.
create table apology (
    system text not null,
    dossier_code text not null,
    batch_no integer not null,
    unit_id text,
    ordinal integer not null,
    document_no text,
    issued_at timestamp,
    reason text,
    new_due_at timestamp
);

-- One row per answered question of a survey response.
create table survey_answer (
    source text not null,
    response_id text not null,
    batch_no integer not null,
    question_id text not null,
    question_text text,
    is_overall boolean not null,       -- the question that the satisfaction figures are built on
    scale_id text not null,
    level text not null,               -- very_satisfied | satisfied | neutral | dissatisfied | very_dissatisfied | dont_know | unknown
    score double,                      -- within the scale; null for dont_know and unknown
    system text,
    dossier_code text,
    unit_id text,
    field_name text,
    survey_channel text,               -- paper | kiosk | online | phone | unknown
    device text,                       -- the device that was touched, where the source names one
    answered_at timestamp,
    comment text                       -- only on the overall question's row
);

-- One row per citizen's reflection or petition (phản ánh, kiến nghị).
create table feedback (
    source text not null,
    feedback_id text not null,
    batch_no integer not null,
    system text,
    dossier_code text,
    unit_id text,
    received_at timestamp,
    due_at timestamp,
    answered_at timestamp,
    topic text,
    is_satisfied boolean
);

-- One row per fact about the snapshot: snapshot_id, built_at, calendar_version, data_at.
create table meta (key text not null, value text);
