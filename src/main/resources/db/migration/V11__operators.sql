-- Operators look at the tasks of all users, newest first, and find them by what a provider's support asks for.
create index task_newest on task (created_at desc, id desc);
create index provider_call_of_request on provider_call (request_id);

-- What operators have said of a provider while the application runs; it holds for all nodes and over restarts.
create table provider_control (
  provider            varchar(40) primary key,
  paused_at           timestamp(6) with time zone,
  paused_by           varchar(400),
  pause_reason        varchar(500),
  -- deadlines of what waited do not count from before this
  resumed_at          timestamp(6) with time zone,
  -- nodes that leave the provider alone try it again when they see this for the first time
  probed_at           timestamp(6) with time zone,
  open_jobs           integer,
  requests_per_second integer,
  version             bigint not null,
  constraint provider_control_paused_whole check (
    (paused_at is null) = (paused_by is null) and (paused_at is null) = (pause_reason is null)),
  constraint provider_control_limits check (open_jobs > 0 and requests_per_second > 0)
);
