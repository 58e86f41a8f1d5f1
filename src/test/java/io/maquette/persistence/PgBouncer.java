package io.maquette.persistence;

import io.maquette.Tool;
import io.maquette.config.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** PgBouncer in transaction mode in front of a PostgreSQL. */
public final class PgBouncer implements AutoCloseable {

  private final Process process;
  private final int port;

  /**
   * Starts PgBouncer, which is ready soon after.
   *
   * @param folder for its files
   * @param target the port of PostgreSQL
   * @param ignoresOptions whether it ignores the startup parameter {@code options} or refuses it
   */
  public PgBouncer(Path folder, int target, boolean ignoresOptions) throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path users = Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
    Path settings =
        Files.writeString(
            folder.resolve("pgbouncer.ini"),
            """
            [databases]
            postgres = host=127.0.0.1 port=%d
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %d
            unix_socket_dir =
            auth_type = trust
            auth_file = %s
            pool_mode = transaction
            default_pool_size = 4
            ignore_startup_parameters = extra_float_digits%s
            """
                .formatted(target, port, users, ignoresOptions ? ", options" : ""));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> command = new ArrayList<>(List.of(Tool.PGBOUNCER.require().toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(List.of("-u", "nobody"));
    }
    command.add(settings.toString());
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
  }

  /** Returns the address of the database behind it. */
  public String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Returns a data source as the application creates it. */
  public DataSource source() {
    Map<String, String> values = Map.of("maquette.db.url", url(), "maquette.db.user", "postgres");
    return SettingsDataSource.of(Settings.read(name -> Optional.ofNullable(values.get(name))));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
