-- Options of the pictures, as a JSON object, as far as the user has set any: those of the task, those of the answer that an
-- idempotency key repeats, and those of each submission.
alter table task add column image_options varchar(8000);
alter table idempotency_record add column image_options varchar(8000);
alter table provider_call add column options varchar(8000);
