package io.maquette.it;

import io.maquette.it.scripted.Script;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The very WAR that is shipped, with settings of a test beside it. */
final class Wars {

  private static EmbeddedPostgres postgres;

  private Wars() {}

  /** The WAR on a database and folder of its own; {@code -Dit.database=postgresql} takes that. */
  static WebArchive with(String name, Map<String, String> settings) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("maquette.home", freshFolder(name).toString());
    all.put("maquette.auth.dev-remote", "true"); // Arquillian calls by the machine's own name
    all.put("maquette.local.faces", "20000");
    if ("postgresql".equals(System.getProperty("it.database"))) {
      all.put("maquette.db.url", freshPostgres(name));
      all.put("maquette.db.user", "postgres");
    }
    all.putAll(settings);
    String properties =
        all.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\"))
            .collect(Collectors.joining("\n"));
    JavaArchive jar =
        ShrinkWrap.create(JavaArchive.class, "test-settings.jar")
            .addAsManifestResource(
                new StringAsset("config_ordinal=150\n" + properties),
                "microprofile-config.properties");
    return ShrinkWrap.create(ZipImporter.class, "maquette.war")
        .importFrom(new File(System.getProperty("maquette.war")))
        .as(WebArchive.class)
        .addAsLibrary(jar);
  }

  /** The WAR with the scripted and the slow providers in it. */
  static WebArchive withScripts(String name, Map<String, String> settings) {
    return with(name, settings).addPackage(Script.class.getPackage());
  }

  static Path freshFolder(String name) {
    try {
      return Files.createTempDirectory(
          Files.createDirectories(Path.of("target", "it").toAbsolutePath()), name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of a new database on a real PostgreSQL that ends with this JVM; user postgres. */
  static synchronized String freshPostgres(String name) {
    try {
      if (postgres == null) {
        postgres = EmbeddedPostgres.start();
      }
      String database = name + "_" + System.nanoTime();
      try (var connection = postgres.getPostgresDatabase().getConnection();
          var statement = connection.createStatement()) {
        statement.execute("create database " + database);
      }
      return postgres.getJdbcUrl("postgres", database);
    } catch (IOException | java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
