package io.maquette.platform;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBException;
import jakarta.persistence.PersistenceException;
import jakarta.resource.spi.ResourceAllocationException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseTroubleTest {

  private static EJBException behind(Throwable cause) {
    return new EJBException(new PersistenceException(cause));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "08001", "08006", "57P01", "57P03", "53100", "53300", "25006", "58030", "90028", "90097",
        "90098"
      })
  void aConnectionThatIsNotThereIsTrouble(String state) {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLException("away", state)))).isTrue();
  }

  @Test
  void soIsADriverThatSaysSo() {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLNonTransientConnectionException()))).isTrue();
  }

  /** Payara, where a pooled connection had died: an SQLException without a state. */
  @Test
  void soIsAPoolThatHasNoConnectionToGive() {
    SQLException none = new SQLException("Error in allocating a connection");
    none.initCause(new ResourceAllocationException("Got exception during XAResource.start:"));
    assertThat(DatabaseTrouble.isBehind(behind(none))).isTrue();
  }

  /** Payara, where the database went away during a commit: nothing but this. */
  @Test
  void soIsACommitThatIsNotAnswered() {
    assertThat(DatabaseTrouble.isBehind(new EJBException(new SystemException()))).isTrue();
  }

  @Test
  void a_transaction_manager_that_cannot_end_a_transaction_is_trouble() {
    assertThat(DatabaseTrouble.isBehind(new XAException("LocalTransactionException: closed")))
        .isTrue();
  }

  @Test
  void aStatementThatIsRefusedIsAFaultOfOurs() {
    assertThat(DatabaseTrouble.isBehind(behind(new SQLException("no such column", "42703"))))
        .isFalse();
    assertThat(DatabaseTrouble.isBehind(new IllegalStateException())).isFalse();
  }
}
