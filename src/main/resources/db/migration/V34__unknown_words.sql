-- A picture of the built-in studio that leaves words of its prompt out, because it does not know them.
alter table task_image drop constraint task_image_remark;
alter table task_image add constraint task_image_remark check (remark in ('UNKNOWN_SUBJECT', 'UNKNOWN_WORDS'));
-- older versions cannot read the new value
update schema_floor set version = 34;
