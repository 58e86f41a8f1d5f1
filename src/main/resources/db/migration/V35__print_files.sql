-- Print files of models: models changed for a print. The row is the queue of the work and the record of its result. A
-- node that works on a row renews its lease; a row without a lease, or with an expired one, is taken by the node that
-- answers the next request for it.
create table print_file (
  task_id      uuid not null references task (id) on delete cascade,
  id           varchar(32) not null,
  owner        varchar(64) not null,
  model_key    varchar(200) not null,
  options      varchar(1000) not null,
  state        varchar(10) not null,
  progress     integer not null,
  problem      varchar(40),
  node         varchar(100),
  leased_until timestamp(6) with time zone,
  fence        integer not null,
  file_key     varchar(300),
  file_sha256  varchar(64),
  file_size    bigint,
  created_at   timestamp(6) with time zone not null,
  primary key (task_id, id),
  constraint print_file_state_known check (state in ('QUEUED', 'RUNNING', 'READY', 'FAILED'))
);
create index print_file_owner on print_file (owner, state);
