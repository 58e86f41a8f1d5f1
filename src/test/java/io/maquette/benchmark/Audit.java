package io.maquette.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Looks through a database whose tasks have all gone well for what cannot be. */
final class Audit {

  private static final Map<String, String> WRONG =
      new LinkedHashMap<>(
          Map.of(
              "tasks that are not completed",
              "select count(*) from task where status <> 'MODEL_COMPLETED'",
              "tasks that somebody holds",
              "select count(*) from task where leased_by is not null or due_at is not null",
              "steps that do not begin where the one before ended",
              "select count(*) from (select from_status, lag(to_status) over"
                  + " (partition by task_id order by id) as was from task_event) e"
                  + " where from_status is distinct from was",
              "tasks whose history does not end where they stand",
              "select count(*) from task t where status <> (select to_status from task_event e"
                  + " where e.task_id = t.id order by id desc limit 1)",
              "tasks with other than four pictures and a model in the history",
              "select count(*) from (select task_id from task_event group by task_id having count(*)"
                  + " filter (where event_type = 'IMAGE_STORED') <> 4 or count(*) filter (where"
                  + " event_type = 'MODEL_SUBMITTED') <> 1) e",
              "submissions that were not accepted, or made again",
              "select count(*) from provider_call where outcome <> 'ACCEPTED' or late"
                  + " or reason is not null",
              "tasks with other than five submissions",
              "select count(*) from task t where 5 <> (select count(*) from provider_call c"
                  + " where c.task_id = t.id)"));

  private Audit() {}

  /** What is wrong; the connection is closed. */
  static List<String> complaints(Connection database, Path store) throws SQLException, IOException {
    List<String> complaints = new ArrayList<>();
    try (database;
        Statement statement = database.createStatement()) {
      for (Map.Entry<String, String> wrong : WRONG.entrySet()) {
        long count = number(statement, wrong.getValue());
        if (count > 0) {
          complaints.add(count + " " + wrong.getKey());
        }
      }
      long expected =
          number(
              statement,
              "select count(*) from (select file_key from task_image union"
                  + " select file_key from task_model where file_key is not null) files");
      long there = files(store);
      if (there != expected) {
        complaints.add(there + " files instead of " + expected);
      }
    }
    return complaints;
  }

  private static long files(Path store) throws IOException {
    try (Stream<Path> files = Files.walk(store)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
