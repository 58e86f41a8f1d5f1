-- Whose turn it is, and how much of each user waits: read by status and owner, however many tasks there are.
create index task_of_owner_in_status on task (status, owner, due_at, id);
