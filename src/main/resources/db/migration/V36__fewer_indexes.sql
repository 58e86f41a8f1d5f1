-- A task changes its status or its due time seven times, and each change writes every index of the table again. These
-- three are not needed: the recent history tells which stages were completed, and the others serve counts by owner.
drop index task_images_completed;
drop index task_model_completed;
drop index task_of_owner_in_status;
