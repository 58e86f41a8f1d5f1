package io.maquette.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import jakarta.resource.spi.ResourceAllocationException;
import jakarta.transaction.SystemException;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

  private static EJBException behind(Throwable cause) {
    return new EJBException(new PersistenceException(cause));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "57P01", "57P03", "53100", "53300", "25006", "58030", "90007", "90028",
        "90067", "90097", "90098"
      })
  void a_missing_connection_is_database_trouble(String state) {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLException("away", state)))).isTrue();
  }

  @Test
  void a_connection_error_of_the_driver_is_trouble() {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLNonTransientConnectionException()))).isTrue();
    assertThat(DatabaseTrouble.isBehind(behind(new SQLClientInfoException()))).isTrue();
  }

  /** Payara after the loss of a pooled connection: an SQLException without a state. */
  @Test
  void an_exhausted_pool_is_trouble() {
    SQLException none = new SQLException("Error in allocating a connection");
    none.initCause(new ResourceAllocationException("Got exception during XAResource.start:"));
    assertThat(DatabaseTrouble.isBehind(behind(none))).isTrue();
  }

  /** Payara after an outage during a commit: this exception only. */
  @Test
  void a_commit_without_an_answer_is_trouble() {
    assertThat(DatabaseTrouble.isBehind(new EJBException(new SystemException()))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"22021", "22008", "22007", "22003"})
  void a_value_that_the_database_refuses_is_a_bad_request(String state) {
    assertThat(DatabaseTrouble.isRefusedValue(behind(new SQLException("refused", state)))).isTrue();
    assertThat(DatabaseTrouble.isBehind(behind(new SQLException("refused", state)))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"42703", "23505", "08006", "40001"})
  void no_other_failure_of_the_database_is_a_bad_request(String state) {
    assertThat(DatabaseTrouble.isRefusedValue(behind(new SQLException("no", state)))).isFalse();
  }

  @Test
  void a_transaction_manager_that_cannot_end_a_transaction_is_trouble() {
    assertThat(DatabaseTrouble.isBehind(new XAException("LocalTransactionException: closed")))
        .isTrue();
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_ring_of_causes_is_not_followed_for_ever() {
    IllegalStateException one = new IllegalStateException("one");
    SQLException other = new SQLException("other", "42703", one);
    one.initCause(other);
    assertThat(DatabaseTrouble.isBehind(one)).isFalse();
    assertThat(DatabaseTrouble.isRefusedValue(one)).isFalse();
    assertThat(DatabaseTrouble.rootOf(one)).isIn("one", "other");
  }

  @Test
  void the_root_is_the_last_cause() {
    assertThat(DatabaseTrouble.rootOf(behind(new SQLException("no disk\nat all", "53100"))))
        .isEqualTo("no disk");
    assertThat(DatabaseTrouble.rootOf(new IllegalStateException()))
        .isEqualTo("IllegalStateException");
  }

  @Test
  void a_refused_statement_is_an_internal_error() {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLException("no such column", "42703"))))
        .isFalse();
    assertThat(DatabaseTrouble.isBehind(new IllegalStateException())).isFalse();
  }
}
