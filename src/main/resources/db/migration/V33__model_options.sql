-- Options of the model, as a JSON object, as far as the user has set any; and the names of the providers that may make it,
-- separated by commas, as the queue reads them. Null is any provider.
alter table task add column model_options varchar(8000);
alter table task add column model_providers varchar(400);
