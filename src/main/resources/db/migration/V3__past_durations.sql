-- How long the last stages took, for estimates.
create index task_images_completed on task (image_generation_completed_at);
create index task_model_completed on task (model_generation_completed_at);
