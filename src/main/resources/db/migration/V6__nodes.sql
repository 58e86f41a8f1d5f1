-- The nodes on this database: each says several times a minute that it lives.
create table node (
  name       varchar(100) primary key,
  life       uuid not null,
  version    varchar(60) not null,
  host       varchar(100) not null,
  process    varchar(60) not null,
  hands      varchar(200) not null,
  started_at timestamp(6) with time zone not null,
  seen_at    timestamp(6) with time zone not null,
  state      varchar(10) not null,
  constraint node_state_known check (state in ('UP', 'STOPPED', 'GONE'))
);

-- Versions that do not know this migration do not start on the schema. A migration that older nodes cannot work with
-- sets it to its own number; all others leave it alone.
create table schema_floor (
  version integer not null
);
insert into schema_floor (version) values (5);

-- How often in a row a task's work was left half done.
alter table task add column abandoned integer default 0 not null;
