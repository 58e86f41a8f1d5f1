-- Who is told of changes over HTTP. One without an owner is the operators' and hears of everybody's tasks.
create table webhook (
  id               uuid primary key,
  owner            varchar(64),
  url              varchar(2000) not null,
  events           varchar(300) not null,
  secret           varchar(100) not null,
  -- signs as well until then, so that a receiver may change over
  old_secret       varchar(100),
  old_secret_until timestamp(6) with time zone,
  created_at       timestamp(6) with time zone not null,
  -- since when, and how often in a row, nothing was accepted
  failing_since    timestamp(6) with time zone,
  failures         integer not null,
  -- while it fails it is tried with one delivery at a time, and not before this
  quiet_until      timestamp(6) with time zone,
  suspended_at     timestamp(6) with time zone,
  suspended_why    varchar(200),
  version          bigint not null,
  constraint webhook_old_secret_whole check ((old_secret is null) = (old_secret_until is null)),
  constraint webhook_failing_whole check ((failing_since is null) = (failures = 0)),
  constraint webhook_suspended_whole check ((suspended_at is null) = (suspended_why is null))
);
create index webhook_of_owner on webhook (owner, created_at);
create sequence webhook_delivery_number start with 50 increment by 50;
-- What is to be told to whom, and what came of it. The event's number is that of its row in the history.
create table webhook_delivery (
  id             bigint primary key,
  webhook_id     uuid not null references webhook (id) on delete cascade,
  event_id       bigint not null,
  task_id        uuid not null,
  event_type     varchar(20) not null,
  body           varchar(8000) not null,
  status         varchar(10) not null,
  attempts       integer not null,
  created_at     timestamp(6) with time zone not null,
  first_tried_at timestamp(6) with time zone,
  due_at         timestamp(6) with time zone,
  leased_by      varchar(100),
  fence          bigint not null,
  answer_code    integer,
  answer         varchar(500),
  answered_at    timestamp(6) with time zone,
  constraint webhook_delivery_once unique (webhook_id, event_id),
  constraint webhook_delivery_status_known check (status in ('PENDING', 'DELIVERED', 'FAILED')),
  constraint webhook_delivery_due_while_pending check ((due_at is not null) = (status = 'PENDING'))
);
create index webhook_delivery_due on webhook_delivery (status, due_at, event_id);
create index webhook_delivery_of_task on webhook_delivery (webhook_id, task_id, event_id);
create index webhook_delivery_age on webhook_delivery (created_at);
-- How far the history has been read for them; lower numbers that had not appeared by then, with their times.
create table webhook_position (
  id        smallint primary key,
  last_read bigint not null,
  gaps      varchar(10000) not null
);
insert into webhook_position (id, last_read, gaps) select 1, coalesce(max(id), 0), '' from task_event;
