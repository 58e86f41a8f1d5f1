package io.maquette.task;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

/** Tests of the task services that must pass on every supported database. */
@Tag("fault")
abstract class TaskDatabaseContract
    implements TaskLifePromises,
        OptionPromises,
        ImageEditPromises,
        PaidResultPromises,
        TaskQueryPromises,
        ClaimPromises,
        LeasePromises,
        SubmissionPromises,
        ResultPromises,
        QuotaPromises {

  @BeforeEach
  void clear() throws SQLException {
    database().clear();
  }
}
