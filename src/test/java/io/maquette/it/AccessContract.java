package io.maquette.it;

import static io.maquette.it.AccessMatrix.Caller.ANONYMOUS;
import static io.maquette.it.AccessMatrix.Caller.FORGED_COOKIE;
import static io.maquette.it.AccessMatrix.Caller.FORGED_KEY;
import static io.maquette.it.AccessMatrix.Caller.FORGED_TOKEN;
import static io.maquette.it.AccessMatrix.Caller.OPERATOR;
import static io.maquette.it.AccessMatrix.Caller.OTHER;
import static io.maquette.it.AccessMatrix.Caller.OWNER;
import static io.maquette.it.AccessMatrix.Caller.REVOKED_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.maquette.it.AccessMatrix.Caller;
import io.maquette.it.server.Server;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Who may do what, on a real server on which users have accounts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessContract implements RouteAccess, OperatorAccess, SessionAccess, TokenAccess {

  private static final Pattern FIRST_OPERATOR =
      Pattern.compile("signs in as (\\S+) with the password ([A-Za-z0-9]{20})");

  private final TokenIssuer issuer = TokenIssuer.open();

  private final Map<Caller, Person> callers = new EnumMap<>(Caller.class);

  private Server server;

  private URI base;

  private String operatorEmail;

  private String operatorPassword;

  /** Starts a server of this kind. */
  abstract Server start(Path folder, Path war, Map<String, String> environment) throws Exception;

  @BeforeAll
  void startServer() throws Exception {
    Path folder = Wars.freshFolder("access");
    server =
        start(
            folder,
            Path.of(System.getProperty("maquette.war")),
            Map.of(
                "MAQUETTE_HOME",
                folder.resolve("home").toString(),
                "MAQUETTE_AUTH",
                "accounts",
                "MAQUETTE_WORKER_TICK",
                "PT0.2S",
                "MAQUETTE_LOCAL_FACES",
                "20000",
                "MAQUETTE_PUSH_LIFETIME",
                "PT5S",
                "MAQUETTE_METRICS_TOKEN",
                MONITOR,
                "MP_JWT_VERIFY_PUBLICKEY_LOCATION",
                issuer.keys().toString(),
                "MP_JWT_VERIFY_ISSUER",
                TokenIssuer.NAME,
                "MP_JWT_VERIFY_AUDIENCES",
                TokenIssuer.AUDIENCE));
    base = server.base();
    Matcher told = FIRST_OPERATOR.matcher(server.log());
    assertThat(told.find()).as("the log tells who the first operator is").isTrue();
    operatorEmail = told.group(1);
    operatorPassword = told.group(2);
    assertThat(told.find()).as("once").isFalse();
    callers.put(OPERATOR, Person.signedIn(base, operatorEmail, operatorPassword));
    callers.put(OWNER, newUser("owner@maquette.example"));
    callers.put(OTHER, newUser("other@maquette.example"));
    callers.put(ANONYMOUS, Person.anonymous(base));
    String revoked = newKey(OWNER, "read write");
    callers.put(REVOKED_KEY, Person.withToken(base, revoked));
    assertThat(callers.get(REVOKED_KEY).get("/api/tasks").status()).isEqualTo(200);
    as(OWNER).call("DELETE", "/api/keys/" + keyIds(OWNER).get(0), null);
    callers.put(FORGED_KEY, Person.withToken(base, revoked.substring(0, 46) + "x"));
    try (TokenIssuer forger = TokenIssuer.open()) {
      callers.put(FORGED_TOKEN, Person.withToken(base, forger.token("owner")));
    }
    callers.put(FORGED_COOKIE, Person.withCookie(base, "x".repeat(43)));
  }

  @AfterAll
  void stopServer() {
    if (server != null) {
      server.close();
    }
    issuer.close();
  }

  @Override
  public Person as(Caller caller) {
    return callers.get(caller);
  }

  @Override
  public URI base() {
    return base;
  }

  @Override
  public Server server() {
    return server;
  }

  @Override
  public TokenIssuer issuer() {
    return issuer;
  }

  @Override
  public String operatorEmail() {
    return operatorEmail;
  }

  @Override
  public String operatorPassword() {
    return operatorPassword;
  }

  @Override
  public void signInOperatorAgain() throws Exception {
    callers.put(OPERATOR, Person.signedIn(base, operatorEmail, operatorPassword));
  }
}
