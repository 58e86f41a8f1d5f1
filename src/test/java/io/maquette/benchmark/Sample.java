package io.maquette.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** Memory, threads, files and connections of a server at one time. */
record Sample(double seconds, long residentBytes, long threads, long files, long connections) {

  static final String HEAD = "seconds | resident MiB | threads | file handles | connections";

  static Sample of(long pid, String database, double seconds) throws IOException {
    try (Connection connection = DriverManager.getConnection(database, "postgres", "");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()")) {
      row.next();
      return new Sample(
          seconds,
          Processes.residentBytes(pid),
          Processes.threads(pid),
          Processes.openFiles(pid),
          row.getLong(1));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  /** The last third has no more of anything than the one in the middle, but for some noise. */
  static void assertFlat(List<Sample> samples) {
    int third = samples.size() / 3;
    List<Sample> middle = samples.subList(third, 2 * third);
    List<Sample> last = samples.subList(2 * third, samples.size());
    assertFlat("memory", middle, last, Sample::residentBytes, 32 << 20);
    assertFlat("threads", middle, last, Sample::threads, 8);
    assertFlat("files", middle, last, Sample::files, 32);
    assertFlat("connections", middle, last, Sample::connections, 4);
  }

  private static void assertFlat(
      String what,
      List<Sample> middle,
      List<Sample> last,
      ToLongFunction<Sample> value,
      long noise) {
    double before = middle.stream().mapToLong(value).average().orElseThrow();
    double after = last.stream().mapToLong(value).average().orElseThrow();
    assertThat(after).as(what).isLessThan(before + noise);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%7.0f | %12d | %7d | %12d | %11d",
        seconds,
        residentBytes >> 20,
        threads,
        files,
        connections);
  }
}
