-- Results that a provider has made and that are not in the store yet. A row is written when the provider's answer names
-- the address, before the file is fetched, so that a fetch that failed, or whose node was killed, is repeated without
-- another submission. It goes with the transaction that keeps the file. Of a model only failures are here: its address
-- is asked for again with the job.
create table paid_result (
  call_id     bigint primary key,
  task_id     uuid not null,
  provider    varchar(40) not null,
  address     varchar(8000),
  expires_at  timestamp(6) with time zone not null,
  failures    integer not null,
  problem     varchar(20),
  words       varchar(500),
  failed_at   timestamp(6) with time zone,
  constraint paid_result_failed check ((failures > 0) = (problem is not null and failed_at is not null))
);
create index paid_result_of_task on paid_result (task_id);
