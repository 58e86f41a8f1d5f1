package io.maquette.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.storage.FileFault;
import io.maquette.storage.LostFileException;
import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tests of two requests that detect the same lost file at the same time. */
class LostFilesTest {

  private final LostFileException lost = new LostFileException("a/b.png", FileFault.MISSING, null);

  private final Deque<RuntimeException> failures = new ArrayDeque<>();
  private int attempts;
  private final LostFiles files =
      new LostFiles(
          new LostFileRows() {
            @Override
            public Optional<Noted> note(String key, FileFault fault) {
              attempts++;
              if (!failures.isEmpty()) {
                throw failures.pop();
              }
              return Optional.empty();
            }
          },
          null);

  private static EJBException failure(String state) {
    return new EJBException(new PersistenceException(new SQLException("no", state)));
  }

  @Test
  void a_file_that_another_request_noted_at_once_is_noted_again() {
    failures.add(failure("23505"));
    assertThat(files.note(lost)).isEmpty();
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void a_file_of_a_task_that_was_deleted_meanwhile_is_not_noted() {
    failures.addAll(List.of(failure("23505"), failure("23506")));
    assertThat(files.note(lost)).isEmpty();
    assertThat(attempts).isEqualTo(2);
  }

  @Test
  void a_failure_of_the_database_is_no_conflict() {
    failures.add(failure("08006"));
    assertThatThrownBy(() -> files.note(lost)).isInstanceOf(EJBException.class);
    assertThat(attempts).isEqualTo(1);
  }
}
