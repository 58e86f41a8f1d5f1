package io.maquette.persistence;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Log filter that limits the log of a database outage to one line per cause and minute. Without it
 * the server and every worker log a stack trace for each attempt, thousands in a few minutes. All
 * other records pass unchanged.
 */
@ApplicationScoped
public class DatabaseOutageLog {

  private static final Duration QUIET = Duration.ofMinutes(1);
  private static final int MAX_CAUSES = 100;

  private final Map<Handler, Filter> before = new HashMap<>();

  /**
   * Installs the filter on the handlers of the server and of the JSON log, which must exist
   * already.
   */
  synchronized void begin() {
    Limit limit = new Limit(System::nanoTime);
    for (String name : new String[] {"", "io.maquette"}) {
      for (Handler handler : Logger.getLogger(name).getHandlers()) {
        Filter filter = handler.getFilter();
        try {
          handler.setFilter(
              entry -> (filter == null || filter.isLoggable(entry)) && limit.isLoggable(entry));
          before.put(handler, filter);
        } catch (SecurityException e) {
          // a server that protects its handlers logs more
        }
      }
    }
  }

  /** Restores the previous filters of the handlers. */
  @PreDestroy
  synchronized void end() {
    before.forEach(Handler::setFilter);
    before.clear();
  }

  /** Filter, separate from the handlers for tests. */
  static final class Limit implements Filter {

    private record Last(long nanos, long sequence, int hidden) {}

    private final LongSupplier nanoTime;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Map<String, Last> lasts = new LinkedHashMap<>();

    Limit(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
      Throwable thrown = entry.getThrown();
      if (thrown == null || !DatabaseTrouble.isBehind(thrown)) {
        return true; // includes a record that another handler already got
      }
      String cause = DatabaseTrouble.rootOf(thrown);
      int hidden = hiddenSince(cause.replaceAll("[0-9a-f]{4,}|[0-9]+", "#"), entry);
      if (hidden < 0) {
        return false;
      }
      String message = formatter.formatMessage(entry);
      entry.setThrown(null);
      entry.setParameters(null);
      entry.setResourceBundle(null);
      entry.setMessage(
          "The database cannot be used ("
              + cause
              + "): "
              + message.lines().findFirst().orElse("")
              + (hidden == 0 ? "" : " (" + hidden + " more such errors since the last line)"));
      return true;
    }

    /**
     * Returns the number of records hidden since the last one of this cause; -1 if this record must
     * be hidden, too.
     */
    private synchronized int hiddenSince(String cause, LogRecord entry) {
      long now = nanoTime.getAsLong();
      Last last = lasts.get(cause);
      if (last != null && now - last.nanos() < QUIET.toNanos()) {
        boolean isNew = last.sequence() != entry.getSequenceNumber();
        lasts.put(
            cause,
            new Last(last.nanos(), entry.getSequenceNumber(), last.hidden() + (isNew ? 1 : 0)));
        return -1;
      }
      if (lasts.size() >= MAX_CAUSES) {
        lasts.clear();
      }
      lasts.put(cause, new Last(now, entry.getSequenceNumber(), 0));
      return last == null ? 0 : last.hidden();
    }
  }
}
