-- Files of tasks that are missing, empty or damaged, from when that is noticed until they are back.
create table lost_file (
  file_key   varchar(200) primary key,
  task_id    uuid not null references task (id) on delete cascade,
  place      integer not null,
  fault      varchar(10) not null,
  remedy     varchar(20) not null,
  detail     varchar(400),
  provider   varchar(40),
  noticed_at timestamp(6) with time zone not null,
  tries      integer not null,
  due_at     timestamp(6) with time zone not null
);
create index lost_file_due on lost_file (due_at);
create index lost_file_task on lost_file (task_id);
