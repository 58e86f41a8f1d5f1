-- Every submission to a provider, written before it is made. Rows outlive their task: what was paid for stays told.

create sequence provider_call_number;

create table provider_call (
  id           bigint primary key,
  task_id      uuid not null,
  stage        varchar(10) not null,
  image_index  smallint,
  attempt      integer not null,
  provider     varchar(40) not null,
  node         varchar(100) not null,
  reason       varchar(200),
  outcome      varchar(20) not null,
  late         boolean not null,
  job_id       varchar(200),
  request_id   varchar(200),
  problem      varchar(20),
  error        varchar(1000),
  submitted_at timestamp(6) with time zone not null,
  answered_at  timestamp(6) with time zone,
  constraint provider_call_stage_known check (stage in ('IMAGE', 'MODEL')),
  constraint provider_call_outcome_known check (outcome in ('SUBMITTING', 'ACCEPTED', 'REFUSED', 'UNKNOWN')),
  constraint provider_call_image_index check ((image_index is not null) = (stage = 'IMAGE')),
  constraint provider_call_answered check (outcome in ('SUBMITTING', 'UNKNOWN') or answered_at is not null)
);
create index provider_call_of_task on provider_call (task_id, id);
