-- what the user should know of a model: why it cannot be converted, or that its textures cannot be read
alter table task_model add column remark varchar(40);
alter table task_model add constraint task_model_remark check (remark in
  ('TEXTURES_UNREADABLE', 'NOT_CONVERTIBLE_DRACO', 'NOT_CONVERTIBLE_EXTENSION', 'NOT_CONVERTIBLE_EXTERNAL_DATA',
   'NOT_CONVERTIBLE_TOO_LARGE', 'NOT_CONVERTIBLE_DAMAGED'));
