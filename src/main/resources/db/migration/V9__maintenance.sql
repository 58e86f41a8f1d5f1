-- Maintenance jobs. A row is locked while a run of its job begins, so that there is never more than one.
create table maintenance_job (
  name     varchar(20) primary key,
  -- the last time of its schedule that has been seen to; null before the first
  last_due timestamp(6) with time zone
);
insert into maintenance_job (name) values
  ('IMPORT'), ('REDRIVE'), ('RETENTION'), ('VERIFY_ASSETS'), ('DWELL_REPORT');

-- Our own record of runs, which outlives the servers'. The checkpoint moves in the transactions that do the work.
create sequence maintenance_run_number;
create table maintenance_run (
  id            bigint primary key,
  job           varchar(20) not null references maintenance_job (name),
  status        varchar(20) not null,
  parameters    varchar(4000) not null,
  started_by    varchar(100) not null,
  node          varchar(100) not null,
  leased_until  timestamp(6) with time zone,
  fence         bigint not null,
  step          smallint not null,
  checkpoint    varchar(300),
  items_total   bigint,
  items_read    bigint not null,
  items_written bigint not null,
  items_skipped bigint not null,
  skip_limit    bigint not null,
  line_count    bigint not null,
  problem       varchar(1000),
  created_at    timestamp(6) with time zone not null,
  started_at    timestamp(6) with time zone not null,
  ended_at      timestamp(6) with time zone,
  constraint maintenance_run_status_known check (status in (
    'RUNNING', 'STOPPING', 'COMPLETED', 'STOPPED', 'FAILED', 'ABANDONED')),
  constraint maintenance_run_leased_while_active check (
    (leased_until is not null) = (status in ('RUNNING', 'STOPPING'))),
  constraint maintenance_run_ended check (
    (ended_at is not null) = (status not in ('RUNNING', 'STOPPING')))
);
create index maintenance_run_of_job on maintenance_run (job, id);

-- What a run has to report, item by item.
create table maintenance_run_line (
  run_id  bigint not null references maintenance_run (id),
  number  bigint not null,
  subject varchar(200) not null,
  outcome varchar(40) not null,
  detail  varchar(500),
  primary key (run_id, number)
);

-- What a run was given to read, in parts.
create table maintenance_input (
  run_id  bigint not null references maintenance_run (id),
  part    integer not null,
  content bytea not null,
  primary key (run_id, part)
);

-- Time that tasks spent in each state, by the day they left it and the provider that was at work.
create table dwell_day (
  left_on       date not null,
  status        varchar(20) not null,
  provider      varchar(40) not null,
  stays         bigint not null,
  total_seconds double precision not null,
  p50_seconds   double precision not null,
  p95_seconds   double precision not null,
  max_seconds   double precision not null,
  primary key (left_on, status, provider)
);
