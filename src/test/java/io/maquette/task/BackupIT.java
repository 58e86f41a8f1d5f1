package io.maquette.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.Tool;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Test that runs the backup and restore commands from docs/operations.md unchanged. */
class BackupIT {

  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private static String commands(String name) throws IOException {
    Matcher block =
        Pattern.compile("<!-- commands: " + name + " -->\n```sh\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("docs/operations.md")));
    assertThat(block.find()).as(name).isTrue();
    return block.group(1);
  }

  private void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Path output = folder.resolve("output.txt");
    int end = builder.redirectOutput(output.toFile()).start().waitFor();
    assertThat(end).as(Files.readString(output)).isZero();
  }

  private void runDocumented(String name) throws IOException, InterruptedException {
    run("sh", "-euc", commands(name));
  }

  private Path home() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(folder.resolve("backup"));
    environment.put("MAQUETTE_HOME", home.toString());
    environment.put("BACKUP", folder.resolve("backup").toString());
    return home;
  }

  private static Path store(Path home, String key, String content) throws IOException {
    Path file = home.resolve("files").resolve(key);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private static UUID create(DataSource source, String prompt) throws Exception {
    try (TaskDatabase database = new TaskDatabase(source)) {
      return database.call(heart -> heart.service().create("dev", prompt, null)).id();
    }
  }

  private static List<String> prompts(DataSource source) throws Exception {
    try (TaskDatabase database = new TaskDatabase(source)) {
      return database
          .call(heart -> heart.queries().list("dev", new TaskFilter(Set.of(), null), 10, null))
          .items()
          .stream()
          .map(Task::prompt)
          .toList();
    }
  }

  private static void remove(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void checkRoundTrip(String kind, Path home, DataSource source) throws Exception {
    UUID before = create(source, "before");
    store(home, before + "/1/picture", "kept");
    store(home, "unfinished/half", "half");

    runDocumented("backup-" + kind);
    UUID after = create(source, "after");
    Path later = store(home, after + "/1/picture", "later");
    Files.writeString(home.resolve("files").resolve(before + "/1/picture"), "damaged");

    runDocumented("restore-" + kind);
    assertThat(prompts(source)).containsExactly("before");
    assertThat(home.resolve("files").resolve(before + "/1/picture")).hasContent("kept");
    assertThat(later).as("superfluous until verify-assets runs").exists();

    remove(home);
    runDocumented("restore-" + kind);
    assertThat(prompts(source)).containsExactly("before");
    assertThat(home.resolve("files").resolve(before + "/1/picture")).hasContent("kept");
    assertThat(home.resolve("files/unfinished")).doesNotExist();
  }

  @Test
  void the_embedded_database_and_its_files_are_restored_by_the_documented_commands()
      throws Exception {
    Path home = home();
    JdbcDataSource source = new JdbcDataSource();
    source.setURL("jdbc:h2:file:" + home.resolve("database/maquette") + ";WRITE_DELAY=0");
    checkRoundTrip("h2", home, source);
  }

  /** PostgreSQL refuses to run as root. */
  private void runAsOther(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    if (IS_ROOT) {
      line.addAll(List.of("runuser", "-u", "nobody", "--"));
    }
    line.addAll(List.of(command));
    run(line.toArray(String[]::new));
  }

  @Test
  void postgresql_and_its_files_are_restored_by_the_documented_commands() throws Exception {
    Path programs = Tool.PG_DUMP.require().getParent();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path home = home();
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    if (IS_ROOT) {
      run("chown", "nobody", data.toString());
    }
    environment.put("PATH", programs + ":" + System.getenv("PATH"));
    environment.put("DATABASE", "postgresql://postgres@127.0.0.1:" + port + "/postgres");
    String control = programs.resolve("pg_ctl").toString();
    runAsOther(
        programs.resolve("initdb").toString(), "-A", "trust", "-U", "postgres", "-D", "" + data);
    String options = "-c listen_addresses=127.0.0.1 -c port=" + port + " -k " + data;
    runAsOther(
        control,
        "-D",
        "" + data,
        "-l",
        data.resolve("log").toString(),
        "-w",
        "-o",
        options,
        "start");
    try {
      PGSimpleDataSource source = new PGSimpleDataSource();
      source.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres");
      checkRoundTrip("postgres", home, source);
    } finally {
      runAsOther(control, "-D", "" + data, "-w", "-m", "immediate", "stop");
    }
  }
}
