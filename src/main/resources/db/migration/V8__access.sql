-- Who may use this installation. An account's id is what its tasks are owned under.
create table account (
  id            varchar(64) primary key,
  -- somebody who signs in here, or (subject) somebody whom an outside issuer vouches for
  email         varchar(254),
  subject       varchar(400),
  password_hash varchar(300),
  account_role  varchar(10) not null,
  disabled_at   timestamp(6) with time zone,
  waiting_limit integer,
  daily_limit   integer,
  created_at    timestamp(6) with time zone not null,
  version       bigint not null,
  constraint account_email_once unique (email),
  constraint account_subject_once unique (subject),
  constraint account_named_once check ((email is null) = (subject is not null)),
  constraint account_password_of_email check ((password_hash is null) = (email is null)),
  constraint account_role_known check (account_role in ('USER', 'OPERATOR')),
  constraint account_limits check (waiting_limit >= 0 and daily_limit >= 0)
);
create index account_listing on account (created_at desc, id desc);

-- Whoever is signed in: the digest of what the cookie says, never that itself.
create table account_session (
  digest     varchar(64) primary key,
  account_id varchar(64) not null references account (id),
  begun_at   timestamp(6) with time zone not null,
  seen_at    timestamp(6) with time zone not null
);
create index account_session_of_account on account_session (account_id);
create index account_session_age on account_session (seen_at);

create table api_key (
  id           uuid primary key,
  account_id   varchar(64) not null references account (id),
  name         varchar(100) not null,
  -- how it begins, to be told from others
  beginning    varchar(20) not null,
  digest       varchar(64) not null,
  scopes       varchar(40) not null,
  created_at   timestamp(6) with time zone not null,
  expires_at   timestamp(6) with time zone,
  last_used_at timestamp(6) with time zone,
  revoked_at   timestamp(6) with time zone,
  version      bigint not null,
  constraint api_key_digest_once unique (digest)
);
create index api_key_of_account on api_key (account_id, created_at desc, id desc);

-- Tries to sign in that have not succeeded, by account and by address; forgotten when they count no more.
create table sign_in_attempt (
  id           uuid primary key,
  subject      varchar(80) not null,
  attempted_at timestamp(6) with time zone not null
);
create index sign_in_attempt_of_subject on sign_in_attempt (subject, attempted_at);
create index sign_in_attempt_age on sign_in_attempt (attempted_at);

-- What operators did. Rows are never altered.
create sequence audit_entry_number;
create table audit_entry (
  id           bigint primary key,
  occurred_at  timestamp(6) with time zone not null,
  operator     varchar(400) not null,
  account_id   varchar(64),
  address      varchar(60),
  node         varchar(100) not null,
  action       varchar(40) not null,
  subject      varchar(400) not null,
  reason       varchar(500) not null,
  state_before varchar(4000),
  state_after  varchar(4000)
);
create index audit_entry_of_subject on audit_entry (subject, id);
create index audit_entry_of_operator on audit_entry (account_id, id);

-- How many tasks somebody with a limit has created on a day (UTC).
create table daily_creation (
  owner      varchar(64) not null,
  created_on date not null,
  tasks      integer not null,
  primary key (owner, created_on)
);
