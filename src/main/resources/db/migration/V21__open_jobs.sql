-- The open jobs of a provider are found by the status of their tasks; all models it ever made are asked for by nobody.
drop index task_model_of_provider;
