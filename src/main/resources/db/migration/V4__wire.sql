-- What a job cost where the provider tells, and what cancelling it really did.
alter table provider_call add column credits numeric(12, 4);
alter table provider_call add column cancellation varchar(20);
create index provider_call_of_job on provider_call (job_id, provider);

-- A picture of the finished model, where the provider makes one.
alter table task_model add column preview_key varchar(200);
alter table task_model add column preview_sha256 varchar(64);
alter table task_model add column preview_type varchar(50);
alter table task_model add column preview_size bigint;

-- The open jobs of each provider are counted with every claim.
create index task_model_of_provider on task_model (provider);

-- When the next call to a provider may be made, over all nodes.
create table provider_pace (
  provider varchar(40) primary key,
  next_at  timestamp(6) with time zone not null
);
