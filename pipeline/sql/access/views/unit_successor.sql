-- One row per pair of a unit and what took its place: public record, the same for every viewer.
create temp view unit_successor as
select * from wh.unit_successor
