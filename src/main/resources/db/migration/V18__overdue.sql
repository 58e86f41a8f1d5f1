-- Tasks that have been in their status for longer than its target, as far as the watch has noticed.
create table overdue_task (
  task_id        uuid primary key,
  status         varchar(20) not null,
  provider       varchar(40) not null,
  entered_at     timestamp(6) with time zone not null,
  target_seconds double precision not null,
  waits_for      varchar(20) not null,
  noticed_at     timestamp(6) with time zone not null
);
-- What was told and has not been cleared yet: tasks are overdue, or stays of late were longer than their target.
create table dwell_alert (
  kind      varchar(10) not null,
  status    varchar(20) not null,
  provider  varchar(40) not null,
  waits_for varchar(20),
  tasks     bigint not null,
  began_at  timestamp(6) with time zone not null,
  primary key (kind, status, provider),
  constraint dwell_alert_kind_known check (kind in ('OVERDUE', 'SLOW'))
);
insert into worker_gate (name) values ('WATCH');
-- The history has rows now that older versions cannot read.
update schema_floor set version = 18;
