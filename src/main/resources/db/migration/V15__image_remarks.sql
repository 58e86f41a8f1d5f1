-- What its provider says of a picture, for instance that it is an ornament, as no word of the sentence was known.
alter table task_image add column remark varchar(40);
alter table task_image add constraint task_image_remark check (remark in ('UNKNOWN_SUBJECT'));
