-- The history becomes a log that can be followed: a row says whose it is, and the last row of a deleted
-- task stays, so the rows no longer hang on the task's.
create table task_change (
  id           bigint not null,
  task_id      uuid not null,
  owner        varchar(64) not null,
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
  detail       varchar(1000),
  constraint task_event_key primary key (id)
);
insert into task_change
  select e.id, e.task_id, t.owner, e.occurred_at, e.event_type, e.from_status, e.to_status, e.actor, e.node,
         e.attempt, e.image_index, e.model_status, e.progress, e.detail
  from task_event e join task t on t.id = e.task_id;
drop table task_event;
alter table task_change rename to task_event;
create index task_event_of_task on task_event (task_id, id);
create index task_event_of_owner on task_event (owner, id);
