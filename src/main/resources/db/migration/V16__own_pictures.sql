-- A task that began with a picture of its owner's: it has that one, and none is ever drawn for it.
alter table task add column own_picture boolean default false not null;
-- A repeat of the same request comes with the same picture.
alter table idempotency_record add column picture_sha256 varchar(64);
