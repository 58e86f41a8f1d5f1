-- Options of the model, as a JSON object, as far as the user has set any.
alter table task add column model_options varchar(8000);
