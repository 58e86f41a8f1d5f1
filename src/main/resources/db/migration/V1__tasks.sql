-- One script for H2 and PostgreSQL: only what both understand.

create table task (
  id                            uuid primary key,
  owner                         varchar(64) not null,
  prompt                        varchar(1000) not null,
  status                        varchar(20) not null,
  failed_stage                  varchar(10),
  error_code                    varchar(40),
  error_message                 varchar(1000),
  selected_image_index          smallint,
  image_generation_started_at   timestamp(6) with time zone,
  image_generation_completed_at timestamp(6) with time zone,
  model_generation_started_at   timestamp(6) with time zone,
  model_generation_completed_at timestamp(6) with time zone,
  created_at                    timestamp(6) with time zone not null,
  updated_at                    timestamp(6) with time zone not null,
  completed_at                  timestamp(6) with time zone,
  failed_at                     timestamp(6) with time zone,
  cancelled_at                  timestamp(6) with time zone,
  failed_attempts               integer not null,
  due_at                        timestamp(6) with time zone,
  leased_by                     varchar(100),
  fence                         bigint not null,
  version                       bigint not null,
  constraint task_status_known check (status in (
    'IMAGE_PENDING', 'IMAGE_GENERATING', 'IMAGE_COMPLETED',
    'MODEL_PENDING', 'MODEL_GENERATING', 'MODEL_COMPLETED', 'FAILED', 'CANCELLED')),
  constraint task_failed_stage_known check (failed_stage in ('IMAGE', 'MODEL')),
  constraint task_failure_whole check (
    (status = 'FAILED' and failed_stage is not null and error_code is not null and error_message is not null)
    or (status <> 'FAILED' and failed_stage is null and error_code is null and error_message is null)),
  constraint task_selected_image_index_range check (selected_image_index between 0 and 3),
  -- exactly the tasks a worker acts on next are due at some time
  constraint task_due_in_progress check (
    (due_at is not null) =
    (status in ('IMAGE_PENDING', 'IMAGE_GENERATING', 'MODEL_PENDING', 'MODEL_GENERATING')))
);

-- claims: the due ones of a status, oldest first
create index task_due on task (status, due_at, id);
-- listings: an owner's tasks, newest first, also of one status
create index task_listing on task (owner, created_at desc, id desc);
create index task_listing_by_status on task (owner, status, created_at desc, id desc);

create table task_image (
  task_id     uuid not null references task (id),
  image_index smallint not null,
  prompt      varchar(4000) not null,
  file_key    varchar(200) not null,
  file_sha256 varchar(64) not null,
  file_type   varchar(50) not null,
  file_size   bigint not null,
  created_at  timestamp(6) with time zone not null,
  primary key (task_id, image_index),
  constraint task_image_index_range check (image_index between 0 and 3)
);

create table task_model (
  task_id        uuid primary key references task (id),
  name           varchar(200) not null,
  status         varchar(20) not null,
  progress       smallint not null,
  format         varchar(10),
  face_count     bigint,
  vertex_count   bigint,
  file_key       varchar(200),
  file_sha256    varchar(64),
  file_type      varchar(50),
  file_size      bigint,
  provider       varchar(40),
  api_task_id    varchar(200),
  api_request_id varchar(200),
  error_message  varchar(1000),
  created_at     timestamp(6) with time zone not null,
  completed_at   timestamp(6) with time zone,
  failed_at      timestamp(6) with time zone,
  constraint task_model_status_known check (status in ('PENDING', 'GENERATING', 'COMPLETED', 'FAILED')),
  constraint task_model_progress_range check (progress between 0 and 100),
  constraint task_model_completed_whole check (status <> 'COMPLETED' or (file_key is not null and progress = 100))
);

create sequence task_event_number;

create table task_event (
  id           bigint primary key,
  task_id      uuid not null references task (id),
  occurred_at  timestamp(6) with time zone not null,
  event_type   varchar(20) not null,
  from_status  varchar(20),
  to_status    varchar(20) not null,
  actor        varchar(100) not null,
  node         varchar(100) not null,
  attempt      integer not null,
  image_index  smallint,
  model_status varchar(20),
  progress     smallint,
  detail       varchar(1000)
);
create index task_event_of_task on task_event (task_id, id);

create table idempotency_record (
  owner           varchar(64) not null,
  idempotency_key varchar(255) not null,
  prompt          varchar(1000) not null,
  task_id         uuid not null,
  created_at      timestamp(6) with time zone not null,
  primary key (owner, idempotency_key)
);
create index idempotency_record_age on idempotency_record (created_at);

create table discarded_file (
  file_key     varchar(200) primary key,
  discarded_at timestamp(6) with time zone not null
);
create index discarded_file_age on discarded_file (discarded_at);

-- Rows that nodes lock to take turns, e.g. while counting the open model jobs of all nodes.
create table worker_gate (
  name varchar(20) primary key
);
insert into worker_gate (name) values ('MODEL');
