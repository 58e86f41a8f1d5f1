-- Where in a trace the task's present stage was asked for (W3C's traceparent), for workers of whatever node to go on with.
alter table task add column trace varchar(55);
