package io.maquette.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One setting: its name in MicroProfile Config, its meaning, its default and its bounds. This class
 * declares the settings of the application itself. {@link ProviderSetting} declares those of the
 * remote providers. {@link Settings#ALL} is the whole catalogue.
 *
 * @param <T> type of the value
 */
public final class Setting<T> {

  private static final String PROVIDER_NAME = "[a-z][a-z0-9-]{0,39}";
  private static final String TARGET =
      "(IMAGE_EDITING|(IMAGE|MODEL)_(PENDING|GENERATING))(@" + PROVIDER_NAME + ")?";
  private static final String HOST =
      "(\\*\\.[a-z0-9-]+(\\.[a-z0-9-]+)+|([a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[0-9]{1,5})?)";
  private static final int HIGHEST_PORT = 65_535;

  public static final Setting<Path> HOME =
      new Setting<>(
          "maquette.home",
          "Folder of the embedded database and of the disk store, unless these are set themselves",
          "${user.home}/.maquette",
          "a path",
          Setting::path);

  public static final Setting<String> DB_URL =
      new Setting<>(
          "maquette.db.url",
          "JDBC address of the database, `jdbc:postgresql:…` or `jdbc:h2:…`",
          "embedded H2 in `maquette.home`",
          "one of the two kinds",
          Setting::jdbcUrl);

  public static final Setting<String> DB_USER =
      new Setting<>(
          "maquette.db.user", "User at the database", "maquette", "", Function.identity());

  public static final Setting<String> DB_PASSWORD =
      new Setting<>(
              "maquette.db.password",
              "Password at the database",
              "maquette",
              "",
              Function.identity())
          .secret();

  public static final Setting<String> STORE =
      choice("maquette.store", "Where pictures and models are kept", "disk", Set.of("disk", "s3"));

  public static final Setting<Path> STORE_DIR =
      new Setting<>(
          "maquette.store.dir",
          "Folder of the disk store",
          "`files` in `maquette.home`",
          "a path",
          Setting::path);

  public static final Setting<String> IMAGE_PROVIDER =
      name("maquette.provider.image", "Who makes the pictures", "local");

  public static final Setting<String> EDIT_PROVIDER =
      name("maquette.provider.edit", "Who changes pictures", "local");

  public static final Setting<String> PROMPT_PROVIDER =
      name("maquette.provider.prompt", "Who writes the four variants of a prompt", "local");

  public static final Setting<List<String>> MODEL_PROVIDERS =
      new Setting<>(
          "maquette.provider.model",
          "Who makes the models; of several, each next one steps in when those before it are down,"
              + " have no credit left or stay busy",
          "local",
          "1 to 5 different names of providers in this application, separated by commas",
          Setting::names);

  public static final Setting<Integer> IMAGE_CONCURRENCY =
      whole("maquette.image.concurrency", "Tasks whose pictures one node makes at once", 3, 1, 256);

  public static final Setting<Duration> IMAGE_DEADLINE =
      duration("maquette.image.deadline", "How long one picture may take", "PT4M", "PT1S", "PT1H");

  public static final Setting<Optional<Integer>> MODEL_CONCURRENCY =
      new Setting<>(
          "maquette.model.concurrency",
          "Model jobs open at each provider at once, over all nodes; `provider` = as many as that"
              + " provider documents",
          "provider",
          "`provider`, or 1 to 100000",
          text ->
              text.equals("provider") ? Optional.empty() : Optional.of(between(text, 1, 100_000)));

  public static final Setting<Integer> MODEL_CALLS =
      whole(
          "maquette.model.calls",
          "Submissions, and beside them queries, that one node makes at once",
          32,
          1,
          512);

  public static final Setting<Duration> MODEL_POLL_INTERVAL =
      duration(
          "maquette.model.poll-interval",
          "How long to wait between two queries of a model job; the local provider is asked at"
              + " least every half second",
          "PT5S",
          "PT0.1S",
          "PT10M");

  public static final Setting<String> LOCAL_FORM =
      choice(
          "maquette.local.form",
          "What the local provider makes of a picture: `round` = a body whose back mirrors its"
              + " front, `standing` = the same on a round plate, `flat` = one with a flat back, `relief` = on a plate, `lithophane` = a plate"
              + " for light to shine through",
          "round",
          Set.of("round", "standing", "flat", "relief", "lithophane"));

  public static final Setting<Integer> LOCAL_FACES =
      whole(
          "maquette.local.faces",
          "About how many faces a model of the local provider has",
          60_000,
          20_000,
          100_000);

  public static final Setting<Duration> MODEL_DEADLINE =
      duration(
          "maquette.model.deadline",
          "How long a model may take from its first submission",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> MODEL_FALLBACK_AFTER =
      duration(
          "maquette.model.fallback-after",
          "How long a provider may stay busy before the next one in `maquette.provider.model` steps"
              + " in",
          "PT1M",
          "PT0.1S",
          "P1D");

  public static final Setting<Duration> WORKER_TICK =
      duration(
          "maquette.worker.tick",
          "Interval at which the workers look for due tasks that did not wake them. Below one second,"
              + " wake-ups run between the EJB timer's runs",
          "PT1S",
          "PT0.05S",
          "PT1M");

  public static final Setting<Duration> WORKER_LEASE =
      duration(
          "maquette.worker.lease",
          "How long a worker may hold a task for one step before another one may take it over;"
              + " longer than `maquette.image.deadline`",
          "PT5M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> WORKER_GRACE =
      duration(
          "maquette.worker.grace",
          "How long a node that stops lets steps in progress end before it interrupts them; tasks"
              + " it still holds are then given back to the other nodes",
          "PT5S",
          "PT0S",
          "PT5M");

  public static final Setting<Duration> PUSH_INTERVAL =
      duration(
          "maquette.push.interval",
          "How often a node looks for changes that other nodes made, while somebody waits for them;"
              + " its own are told at once",
          "PT0.25S",
          "PT0.05S",
          "PT1M");

  public static final Setting<Duration> PUSH_HEARTBEAT =
      duration(
          "maquette.push.heartbeat",
          "How often a stream on which nothing happens says that it is alive",
          "PT15S",
          "PT0.2S",
          "PT1M");

  public static final Setting<Duration> PUSH_LIFETIME =
      duration(
          "maquette.push.lifetime",
          "How long a stream is open at most; its client comes back, misses nothing, and is let in"
              + " if it still may be",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Integer> PUSH_CLIENTS =
      whole("maquette.push.clients", "How many streams a node keeps open", 1000, 0, 100_000);

  public static final Setting<String> NODE_NAME =
      new Setting<>(
          "maquette.node.name",
          "Name of this node in leases and histories, different on each node; a node that starts"
              + " takes back the leases under its name, and calls itself something else while another"
              + " node is at work under it",
          "host name and a random suffix",
          "1 to 60 letters, digits, dots, hyphens",
          Setting::nodeName);

  public static final Setting<Duration> NODE_GONE_AFTER =
      duration(
          "maquette.node.gone-after",
          "How long a node may be silent before the others go on with what it holds; it says that"
              + " it lives six times in this time",
          "PT30S",
          "PT3S",
          "PT1H");

  public static final Setting<Integer> RETRY_MAX =
      whole("maquette.retry.max", "How often a failed step is tried again", 3, 0, 100);

  public static final Setting<Duration> RETRY_IMAGE_DELAY =
      duration(
          "maquette.retry.image-delay",
          "Wait before a picture is tried again; doubled each time, with jitter",
          "PT2S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_MODEL_DELAY =
      duration(
          "maquette.retry.model-delay",
          "Wait before a model is tried again; doubled each time, with jitter",
          "PT3S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_THROTTLED_LIMIT =
      duration(
          "maquette.retry.throttled-limit",
          "How long after the stage's start a submission may be put off because the provider is"
              + " busy; from then on it counts as a failed try",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> RETRY_UNKNOWN_DELAY =
      duration(
          "maquette.retry.unknown-delay",
          "Wait before a submission of which nobody knows whether the provider took it is looked for,"
              + " or made again; it is made again once",
          "PT1M",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_THROTTLED_DELAY =
      duration(
          "maquette.retry.throttled-delay",
          "Wait when a provider is busy and does not say for how long, or our own store cannot take"
              + " or give a file",
          "PT30S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_DOWN_DELAY =
      duration(
          "maquette.retry.down-delay",
          "How long a provider that is down is left alone before it is tried again",
          "PT10S",
          "PT0.1S",
          "PT1H");

  public static final Setting<Duration> RETRY_OPERATOR_DELAY =
      duration(
          "maquette.retry.operator-delay",
          "Wait between two trial requests to a provider whose problem only an operator can solve"
              + " (key, credit, a setting that does not fit, a retired model or interface); its tasks"
              + " wait and use up no retries",
          "PT1M",
          "PT0.1S",
          "P1D");

  public static final Setting<Integer> QUEUE_LIMIT =
      whole(
          "maquette.queue.limit",
          "Tasks of all users that may wait in IMAGE_PENDING and MODEL_PENDING before new ones are"
              + " refused",
          10_000,
          1,
          10_000_000);

  public static final Setting<Integer> QUEUE_USER_LIMIT =
      whole(
          "maquette.queue.user-limit",
          "Tasks of one user that may wait before that user's new ones are refused, unless an operator"
              + " set another number for that user; the development user has no such limit",
          20,
          1,
          10_000_000);

  public static final Setting<Duration> IDEMPOTENCY_RETENTION =
      duration(
          "maquette.idempotency.retention",
          "How long an `Idempotency-Key` is remembered",
          "P1D",
          "PT1M",
          "P30D");

  public static final Setting<List<String>> DOWNLOAD_ALLOWED_HOSTS =
      new Setting<>(
          "maquette.download.allowed-hosts",
          "Hosts that result files may come from, beside those a provider documents; only a host"
              + " named here, by its name or as `host:port`, may be plain http or a private address;"
              + " `*.host` stands for all public https hosts whose names end so",
          "",
          "up to 50 names, `name:port` or `*.name`, separated by commas",
          Setting::hosts);

  public static final Setting<List<AddressRange>> DOWNLOAD_FAKE_IP =
      new Setting<>(
          "maquette.download.fake-ip",
          "Ranges of addresses that proxy software of this network hands out in fake-ip mode: results"
              + " of providers are fetched although their hosts resolve to such an address, still by"
              + " https and from documented hosts only",
          "",
          "up to 10 ranges within 198.18.0.0/15, fc00::/7 or 2001:2::/48, separated by commas",
          text ->
              text.isEmpty()
                  ? List.of()
                  : list(text, "\\S{1,60}", 10).stream().map(AddressRange::ofFakeIp).toList());

  public static final Setting<Integer> QUOTA_DAILY =
      whole(
          "maquette.quota.daily",
          "Tasks one user may create on a day (UTC), unless an operator set another number for that"
              + " user; the development user has no such limit",
          1000,
          0,
          10_000_000);

  public static final Setting<String> AUTH =
      choice(
          "maquette.auth",
          "Who callers are: `dev` = everybody on this machine is the development user; `accounts` ="
              + " users sign in, and programs have keys",
          "dev",
          Set.of("dev", "accounts"));

  public static final Setting<Boolean> AUTH_DEV_REMOTE =
      new Setting<>(
          "maquette.auth.dev-remote",
          "Whether `maquette.auth=dev` serves whoever reaches the port, and not this machine alone",
          "false",
          "true or false",
          text -> Boolean.valueOf(matching("true|false", text)));

  public static final Setting<String> OPERATOR_EMAIL =
      new Setting<>(
          "maquette.operator.email",
          "Whom a start makes operator if there is none; the log has the password",
          "operator@localhost",
          "an e-mail address",
          text -> matching("[^@\\s]{1,64}@[^@\\s]{1,189}", text.toLowerCase(Locale.ROOT)));

  public static final Setting<Duration> SESSION_IDLE =
      duration(
          "maquette.session.idle",
          "How long somebody stays signed in of whom nothing is heard",
          "PT12H",
          "PT1M",
          "P30D");

  public static final Setting<Duration> SESSION_LIFETIME =
      duration(
          "maquette.session.lifetime",
          "How long somebody stays signed in at most",
          "P7D",
          "PT1M",
          "P90D");

  public static final Setting<Duration> SIGN_IN_WINDOW =
      duration(
          "maquette.sign-in.window",
          "How long a failed try to sign in counts",
          "PT15M",
          "PT1S",
          "P1D");

  public static final Setting<Integer> SIGN_IN_ACCOUNT_LIMIT =
      whole(
          "maquette.sign-in.account-limit",
          "Failed tries for one account after which further ones are refused for a while",
          10,
          1,
          1000);

  public static final Setting<Integer> SIGN_IN_ADDRESS_LIMIT =
      whole(
          "maquette.sign-in.address-limit",
          "The same for all accounts from one address",
          50,
          1,
          100_000);

  public static final Setting<String> JWT_KEY =
      new Setting<>(
          "mp.jwt.verify.publickey",
          "MicroProfile JWT: the key that an outside issuer's tokens are signed with, as PEM, JWK or"
              + " JWKS",
          "",
          "one key, or a set",
          Function.identity());

  public static final Setting<Optional<URI>> JWT_KEY_LOCATION =
      new Setting<>(
          "mp.jwt.verify.publickey.location",
          "MicroProfile JWT: where such keys are, and are looked for again when there are new ones",
          "",
          "a `https:`, `http:` or `file:` address",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(keyLocation(text)));

  public static final Setting<String> JWT_ALGORITHM =
      choice(
          "mp.jwt.verify.publickey.algorithm",
          "MicroProfile JWT: how its tokens are signed",
          "RS256",
          Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"));

  public static final Setting<String> JWT_ISSUER =
      new Setting<>(
          "mp.jwt.verify.issuer",
          "MicroProfile JWT: who issues them, as their `iss` says; needed with a key",
          "",
          "up to 200 characters",
          text -> matching("\\S{0,200}", text));

  public static final Setting<List<String>> JWT_AUDIENCES =
      new Setting<>(
          "mp.jwt.verify.audiences",
          "MicroProfile JWT: one of these their `aud` must name; empty = whatever it says",
          "",
          "up to 50 names, separated by commas",
          text -> text.isEmpty() ? List.of() : list(text, "\\S{1,200}", 50));

  public static final Setting<Integer> JWT_SKEW =
      whole(
          "mp.jwt.verify.clock.skew",
          "MicroProfile JWT: how many seconds the issuer's clock may differ from the database's",
          60,
          0,
          300);

  public static final Setting<List<String>> JWT_GROUPS_CLAIM =
      new Setting<>(
          "maquette.jwt.groups-claim",
          "Claims of an issuer's token that name the user's groups: a text or a list of texts; for"
              + " a nested claim the path, such as `realm_access.roles`",
          "groups",
          "1 to 10 claims, separated by commas",
          text -> list(text, "\\S{1,200}", 10));

  public static final Setting<List<String>> JWT_OPERATOR_GROUPS =
      new Setting<>(
          "maquette.jwt.operator-groups",
          "Groups whose members are operators; `name` also matches the path `/name` of Keycloak",
          "operator",
          "1 to 20 groups, separated by commas; `\\,` is a comma within a name",
          Setting::groups);

  public static final Setting<Integer> HTTP_BODIES =
      whole(
          "maquette.http.bodies",
          "Request bodies that one node receives at once; further ones are refused with 503. Less"
              + " than the server's request threads, so that slow senders leave some for others",
          32,
          1,
          10_000);

  public static final Setting<String> METRICS_TOKEN =
      key(
          "maquette.metrics.token",
          "What a Prometheus on another machine sends as its bearer token to read `/api/metrics`, and"
              + " nothing else; none = it is read on this machine, and by operators");

  public static final Setting<String> LOG_JSON =
      new Setting<>(
          "maquette.log.json",
          "File to which what the application logs is written as JSON, too, one object a line; it and"
              + " nine older ones (`.0` is the newest) have up to 10 MB each; `-` = standard output,"
              + " none = not at all",
          "",
          "a path, or `-`",
          Setting::jsonLog);

  public static final Setting<Map<String, Duration>> DWELL_TARGETS =
      new Setting<>(
          "maquette.dwell.targets",
          "How long tasks should be in a status at most, also of one provider alone"
              + " (`MODEL_GENERATING@tencent=PT4M`); what is longer there is told to users and"
              + " operators. Those that are not named keep their default",
          "IMAGE_PENDING=PT1M,IMAGE_GENERATING=PT3M,IMAGE_EDITING=PT2M,MODEL_PENDING=PT5M,"
              + "MODEL_GENERATING=PT8M",
          "up to 50 of the five statuses with `=` and an ISO-8601 duration, PT1S to P7D, separated"
              + " by commas",
          Setting::targets);

  public static final Setting<Duration> DWELL_INTERVAL =
      duration(
          "maquette.dwell.interval",
          "How often a node looks for tasks that are longer in a status than they should be",
          "PT10S",
          "PT1S",
          "PT10M");

  public static final Setting<List<String>> WEBHOOK_ALLOWED_HOSTS =
      new Setting<>(
          "maquette.webhook.allowed-hosts",
          "Hosts that webhooks may lead to although they are plain http or at a private address",
          "",
          "up to 50 names or `name:port`, separated by commas",
          Setting::hosts);

  public static final Setting<Duration> WEBHOOK_TIMEOUT =
      duration(
          "maquette.webhook.timeout",
          "How long a webhook's receiver may take to answer",
          "PT10S",
          "PT0.1S",
          "PT30S");

  public static final Setting<Duration> WEBHOOK_RETRY_DELAY =
      duration(
          "maquette.webhook.retry-delay",
          "Wait before something is sent again that a receiver did not accept; doubled each time up"
              + " to an hour, with jitter",
          "PT5S",
          "PT0.05S",
          "PT1H");

  public static final Setting<Duration> WEBHOOK_RETRY_FOR =
      duration(
          "maquette.webhook.retry-for",
          "How long after the first try it is sent again before it is given up",
          "P1D",
          "PT1S",
          "P6D");

  public static final Setting<Duration> WEBHOOK_SUSPEND_AFTER =
      duration(
          "maquette.webhook.suspend-after",
          "How long a receiver may accept nothing before its webhook is suspended",
          "P1D",
          "PT1S",
          "P6D");

  public static final Setting<Optional<LocalTime>> REDRIVE_AT =
      daily(
          "maquette.batch.redrive.at",
          "When tasks are tried again every day that failed on the day before because their provider"
              + " was unavailable",
          "never");

  public static final Setting<Optional<LocalTime>> RETENTION_AT =
      daily(
          "maquette.batch.retention.at",
          "When finished tasks are removed every day that have not changed for long",
          "never");

  public static final Setting<Duration> RETENTION_AGE =
      duration(
          "maquette.batch.retention.age",
          "How long a finished task must not have changed to be removed by the schedule",
          "P90D",
          "P1D",
          "P3650D");

  public static final Setting<Optional<LocalTime>> VERIFY_ASSETS_AT =
      daily(
          "maquette.batch.verify-assets.at",
          "When every file is compared with its digest every day",
          "never");

  public static final Setting<Duration> VERIFY_ASSETS_GRACE =
      duration(
          "maquette.batch.verify-assets.grace",
          "How old a file must be that no row speaks of to be removed; at least twice"
              + " `maquette.worker.lease` whatever is set",
          "P1D",
          "PT1H",
          "P365D");

  public static final Setting<Optional<LocalTime>> DWELL_REPORT_AT =
      daily(
          "maquette.batch.dwell-report.at",
          "When the time in each state is computed every day",
          "00:30");

  /** The settings of the application itself, in the order of the documentation. */
  static final List<Setting<?>> GENERAL =
      List.of(
          HOME,
          DB_URL,
          DB_USER,
          DB_PASSWORD,
          STORE,
          STORE_DIR,
          IMAGE_PROVIDER,
          EDIT_PROVIDER,
          PROMPT_PROVIDER,
          MODEL_PROVIDERS,
          IMAGE_CONCURRENCY,
          IMAGE_DEADLINE,
          MODEL_CONCURRENCY,
          MODEL_CALLS,
          MODEL_POLL_INTERVAL,
          LOCAL_FORM,
          LOCAL_FACES,
          MODEL_DEADLINE,
          MODEL_FALLBACK_AFTER,
          RETRY_MAX,
          RETRY_IMAGE_DELAY,
          RETRY_MODEL_DELAY,
          RETRY_THROTTLED_DELAY,
          RETRY_THROTTLED_LIMIT,
          RETRY_UNKNOWN_DELAY,
          RETRY_DOWN_DELAY,
          RETRY_OPERATOR_DELAY,
          WORKER_TICK,
          WORKER_LEASE,
          WORKER_GRACE,
          PUSH_INTERVAL,
          PUSH_HEARTBEAT,
          PUSH_LIFETIME,
          PUSH_CLIENTS,
          NODE_NAME,
          NODE_GONE_AFTER,
          QUEUE_LIMIT,
          QUEUE_USER_LIMIT,
          IDEMPOTENCY_RETENTION,
          DOWNLOAD_ALLOWED_HOSTS,
          DOWNLOAD_FAKE_IP,
          REDRIVE_AT,
          RETENTION_AT,
          RETENTION_AGE,
          VERIFY_ASSETS_AT,
          VERIFY_ASSETS_GRACE,
          DWELL_REPORT_AT,
          QUOTA_DAILY,
          AUTH,
          AUTH_DEV_REMOTE,
          OPERATOR_EMAIL,
          SESSION_IDLE,
          SESSION_LIFETIME,
          SIGN_IN_WINDOW,
          SIGN_IN_ACCOUNT_LIMIT,
          SIGN_IN_ADDRESS_LIMIT,
          JWT_KEY,
          JWT_KEY_LOCATION,
          JWT_ALGORITHM,
          JWT_ISSUER,
          JWT_AUDIENCES,
          JWT_SKEW,
          JWT_GROUPS_CLAIM,
          JWT_OPERATOR_GROUPS,
          HTTP_BODIES,
          METRICS_TOKEN,
          LOG_JSON,
          DWELL_TARGETS,
          DWELL_INTERVAL,
          WEBHOOK_ALLOWED_HOSTS,
          WEBHOOK_TIMEOUT,
          WEBHOOK_RETRY_DELAY,
          WEBHOOK_RETRY_FOR,
          WEBHOOK_SUSPEND_AFTER);

  private final String name;
  private final String meaning;
  private final String defaultText;
  private final String bounds;
  private final Function<String, T> reader;
  private boolean secret;

  Setting(
      String name, String meaning, String defaultText, String bounds, Function<String, T> reader) {
    this.name = name;
    this.meaning = meaning;
    this.defaultText = defaultText;
    this.bounds = bounds;
    this.reader = reader;
  }

  Setting<T> secret() {
    secret = true;
    return this;
  }

  private static Setting<Integer> whole(
      String name, String meaning, int defaultValue, int min, int max) {
    return new Setting<>(
        name,
        meaning,
        Integer.toString(defaultValue),
        min + " to " + max,
        text -> between(text, min, max));
  }

  static Setting<Boolean> yesOrNo(String name, String meaning, boolean defaultValue) {
    return new Setting<>(
        name,
        meaning,
        String.valueOf(defaultValue),
        "true or false",
        text -> Boolean.valueOf(matching("true|false", text)));
  }

  static long between(String text, long min, long max) {
    long value = Long.parseLong(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }

  static double decimal(String text, double min, double max) {
    double value = Double.parseDouble(matching("[0-9]{1,4}([.][0-9]{1,4})?", text));
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }

  static int between(String text, int min, int max) {
    int value = Integer.parseInt(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }

  static Setting<Duration> duration(
      String name, String meaning, String defaultText, String min, String max) {
    return new Setting<>(
        name,
        meaning,
        defaultText,
        "ISO-8601 duration, " + min + " to " + max,
        text -> between(text, Duration.parse(min), Duration.parse(max)));
  }

  static Duration between(String text, Duration min, Duration max) {
    Duration value = parseDuration(text);
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException("out of bounds");
    }
    return value;
  }

  private static Setting<Optional<LocalTime>> daily(
      String name, String meaning, String defaultText) {
    return new Setting<>(
        name,
        meaning,
        defaultText,
        "`never`, or a time of day in UTC, 00:00 to 23:59",
        text ->
            text.equals("never")
                ? Optional.empty()
                : Optional.of(LocalTime.parse(matching("[0-2][0-9]:[0-5][0-9]", text))));
  }

  static Setting<String> choice(
      String name, String meaning, String defaultValue, Set<String> values) {
    return new Setting<>(
        name,
        meaning,
        defaultValue,
        String.join(", ", new TreeSet<>(values)),
        text -> {
          if (!values.contains(text)) {
            throw new IllegalArgumentException("unknown");
          }
          return text;
        });
  }

  /** Declares a secret that grants access. */
  static Setting<String> key(String name, String meaning) {
    return new Setting<>(
            name, meaning, "", "visible ASCII characters", text -> matching("[!-~]{0,500}", text))
        .secret();
  }

  private static Setting<String> name(String name, String meaning, String defaultValue) {
    return new Setting<>(
        name,
        meaning,
        defaultValue,
        "the name of a provider in this application",
        text -> matching(PROVIDER_NAME, text));
  }

  static String matching(String pattern, String text) {
    if (!text.matches(pattern)) {
      throw new IllegalArgumentException("not like " + pattern);
    }
    return text;
  }

  static URI address(String text) {
    URI address = addressWithQuery(text);
    if (address.getQuery() != null) {
      throw new IllegalArgumentException("not such an address");
    }
    return address;
  }

  static URI addressWithQuery(String text) {
    URI address = URI.create(text);
    if (!Set.of("http", "https").contains(String.valueOf(address.getScheme()))
        || address.getHost() == null
        || address.getUserInfo() != null
        || address.getFragment() != null) {
      throw new IllegalArgumentException("not such an address");
    }
    return withPort(address);
  }

  /** Checks that a port in an address can be connected to. */
  private static URI withPort(URI address) {
    if (address.getPort() == 0 || address.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException("no port from 1 to " + HIGHEST_PORT);
    }
    return address;
  }

  static String region(String text) {
    return matching("[a-z0-9-]{1,40}", text);
  }

  private static List<String> list(String text, String pattern, int max) {
    List<String> items =
        Stream.of(text.split(",", -1))
            .map(String::strip)
            .map(item -> matching(pattern, item))
            .toList();
    if (items.size() > max || Set.copyOf(items).size() < items.size()) {
      throw new IllegalArgumentException("too many, or one twice");
    }
    return items;
  }

  private static List<String> groups(String text) {
    List<String> groups =
        Stream.of(text.split("(?<!\\\\),", -1))
            .map(group -> matching("[^\\p{Cntrl}]{1,200}", group.strip()).replace("\\,", ","))
            .toList();
    if (groups.size() > 20) {
      throw new IllegalArgumentException("too many");
    }
    return groups;
  }

  private static Map<String, Duration> targets(String text) {
    Map<String, Duration> targets = new TreeMap<>();
    for (String item : list(text, TARGET + "=P[0-9A-Z.]{1,30}", 50)) {
      int equals = item.indexOf('=');
      Duration target =
          between(item.substring(equals + 1), Duration.ofSeconds(1), Duration.ofDays(7));
      if (targets.put(item.substring(0, equals), target) != null) {
        throw new IllegalArgumentException("one twice");
      }
    }
    return targets;
  }

  private static List<String> names(String text) {
    return list(text, PROVIDER_NAME, 5);
  }

  private static List<String> hosts(String text) {
    List<String> hosts = text.isEmpty() ? List.of() : list(text.toLowerCase(Locale.ROOT), HOST, 50);
    for (String host : hosts) {
      if (host.matches(".*[^:]:[0-9]+") && !host.endsWith("]")) {
        between(host.substring(host.lastIndexOf(':') + 1), 1, HIGHEST_PORT);
      }
    }
    return hosts;
  }

  private static Duration parseDuration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("not a duration", e);
    }
  }

  private static URI keyLocation(String text) {
    URI location = URI.create(matching("(https?|file):\\S+", text));
    if (!location.getScheme().equals("file") && location.getHost() == null) {
      throw new IllegalArgumentException("no host");
    }
    return withPort(location);
  }

  private static Path path(String text) {
    return Path.of(text).toAbsolutePath().normalize();
  }

  private static String jsonLog(String text) {
    if (text.isEmpty() || text.equals("-")) {
      return text;
    }
    Path file = path(text);
    if (file.getFileName() == null) {
      throw new IllegalArgumentException("no file");
    }
    return file.toString();
  }

  private static String jdbcUrl(String text) {
    if (!text.startsWith("jdbc:postgresql:") && !text.startsWith("jdbc:h2:")) {
      throw new IllegalArgumentException("neither PostgreSQL nor H2");
    }
    return text;
  }

  private static String nodeName(String text) {
    return matching("[A-Za-z0-9.-]{1,60}", text);
  }

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException naming the setting and its bounds, and the value unless it is
   *     a secret
   */
  T read(String text) {
    try {
      return Objects.requireNonNull(reader.apply(text));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IllegalArgumentException(
          name + (secret ? "" : "=" + text) + " is not acceptable: it must be " + bounds, e);
    }
  }

  /** Returns the name, which begins with {@code maquette.} or is defined by a specification. */
  public String name() {
    return name;
  }

  /** Returns the meaning, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** Returns a description of the default. */
  public String defaultText() {
    return defaultText;
  }

  /** Returns a description of the allowed values. */
  public String bounds() {
    return bounds;
  }

  /** Returns whether the value must never be shown. */
  public boolean isSecret() {
    return secret;
  }

  @Override
  public String toString() {
    return name;
  }
}
