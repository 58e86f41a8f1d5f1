-- A picture is changed as its owner says: a status of its own, and the change that is wished for. Versions that do not
-- know the status cannot read such tasks.
alter table task drop constraint task_status_known;
alter table task add constraint task_status_known check (status in (
  'IMAGE_PENDING', 'IMAGE_GENERATING', 'IMAGE_COMPLETED', 'IMAGE_EDITING',
  'MODEL_PENDING', 'MODEL_GENERATING', 'MODEL_COMPLETED', 'FAILED', 'CANCELLED'));
alter table task drop constraint task_due_in_progress;
alter table task add constraint task_due_in_progress check (
  (due_at is not null) =
  (status in ('IMAGE_PENDING', 'IMAGE_GENERATING', 'IMAGE_EDITING', 'MODEL_PENDING', 'MODEL_GENERATING')));
alter table task add column edit_image_index smallint;
alter table task add column edit_instruction varchar(1000);
alter table task add column edit_asked_at timestamp(6) with time zone;
alter table task add column edit_error_code varchar(40);
alter table task add constraint task_edit_whole check (
  status <> 'IMAGE_EDITING'
  or (edit_image_index is not null and edit_instruction is not null and edit_asked_at is not null
      and edit_error_code is null));

-- What comes of that is one more picture.
alter table task drop constraint task_selected_image_index_range;
alter table task add constraint task_selected_image_index_range check (selected_image_index between 0 and 11);
alter table task_image drop constraint task_image_index_range;
alter table task_image add constraint task_image_index_range check (image_index between 0 and 11);
alter table task_image add column edit_of smallint;

update schema_floor set version = 20;
