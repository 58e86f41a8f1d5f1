package io.maquette.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/** Callback that lifts the connection's network time-out while a migration runs. */
final class MigrationTimeoutCallback implements Callback {

  private int usual;

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE
        || event == Event.AFTER_EACH_MIGRATE
        || event == Event.AFTER_EACH_MIGRATE_ERROR;
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        usual = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
      } else {
        connection.setNetworkTimeout(Runnable::run, usual);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("The statement timeout of the connection cannot be set", e);
    }
  }

  @Override
  public String getCallbackName() {
    return "unhurried";
  }
}
