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
          "Folder of the embedded database and of the disk store. The start fails if the process"
              + " cannot write to it. Not used if `maquette.db.url` and the store are set",
          "${user.home}/.maquette",
          "a path",
          Setting::path);

  public static final Setting<String> DB_URL =
      new Setting<>(
          "maquette.db.url",
          "JDBC URL of the database. Several nodes need PostgreSQL",
          "embedded H2 in `maquette.home`",
          "`jdbc:postgresql:…` or `jdbc:h2:…`",
          Setting::jdbcUrl);

  public static final Setting<String> DB_USER =
      new Setting<>(
          "maquette.db.user", "User name at the database", "maquette", "", Function.identity());

  public static final Setting<String> DB_PASSWORD =
      new Setting<>(
              "maquette.db.password",
              "Password at the database",
              "maquette",
              "",
              Function.identity())
          .secret();

  public static final Setting<String> STORE =
      choice(
          "maquette.store",
          "Store of pictures and models: `disk` = a folder, `s3` = an S3 bucket (`maquette.s3.…`)",
          "disk",
          Set.of("disk", "s3"));

  public static final Setting<Path> STORE_DIR =
      new Setting<>(
          "maquette.store.dir",
          "Folder of the disk store. Several nodes must share it",
          "`files` in `maquette.home`",
          "a path",
          Setting::path);

  public static final Setting<String> IMAGE_PROVIDER =
      name(
          "maquette.provider.image",
          "Provider of pictures. A name that no provider has prevents the start",
          "local");

  public static final Setting<String> EDIT_PROVIDER =
      name(
          "maquette.provider.edit",
          "Provider of picture edits. A name that no provider has prevents the start",
          "local");

  public static final Setting<String> PROMPT_PROVIDER =
      name(
          "maquette.provider.prompt",
          "Provider of prompt variants. A name that no provider has prevents the start",
          "local");

  public static final Setting<List<String>> MODEL_PROVIDERS =
      new Setting<>(
          "maquette.provider.model",
          "Providers of models, in the order of preference. The next one takes over if those"
              + " before it are down, without credit, or busy for longer than"
              + " `maquette.model.fallback-after`",
          "local",
          "1 to 5 different names of providers, separated by commas",
          Setting::names);

  public static final Setting<Integer> IMAGE_CONCURRENCY =
      whole(
          "maquette.image.concurrency",
          "Number of tasks for which one node generates pictures at the same time",
          3,
          1,
          256);

  public static final Setting<Duration> IMAGE_DEADLINE =
      duration(
          "maquette.image.deadline",
          "Time limit for one picture. Must be shorter than `maquette.worker.lease`",
          "PT4M",
          "PT1S",
          "PT1H");

  public static final Setting<Optional<Integer>> MODEL_CONCURRENCY =
      new Setting<>(
          "maquette.model.concurrency",
          "Limit of open provider jobs at each model provider, over all nodes; `provider` = the"
              + " limit that the provider documents. Further tasks wait",
          "provider",
          "`provider`, or a whole number from 1 to 100000",
          text ->
              text.equals("provider") ? Optional.empty() : Optional.of(between(text, 1, 100_000)));

  public static final Setting<Integer> MODEL_CALLS =
      whole(
          "maquette.model.calls",
          "Number of submissions, and separately of queries, that one node sends to model"
              + " providers at the same time",
          32,
          1,
          512);

  public static final Setting<Duration> MODEL_POLL_INTERVAL =
      duration(
          "maquette.model.poll-interval",
          "Interval between two queries of a provider job. The built-in studio is queried at"
              + " least every 0.5 seconds",
          "PT5S",
          "PT0.1S",
          "PT10M");

  public static final Setting<String> LOCAL_FORM =
      choice(
          "maquette.local.form",
          "Shape of the models of the built-in studio: `standing` = a figure on a base, with a"
              + " plain back; `round` = the same without a base; `flat` = a body with a flat back;"
              + " `relief` = a raised picture on a plate; `lithophane` = a plate that shows the"
              + " picture when light shines through; `keychain` = a raised figure on a plate with a"
              + " loop; `coin` = a raised figure on a round plate with a rim; `ornament` = a body"
              + " with a flat back and a loop to hang it up. A prompt that names a keychain, coin,"
              + " ornament or lithophane has precedence",
          "standing",
          Set.of(
              "standing", "round", "flat", "relief", "lithophane", "keychain", "coin", "ornament"));

  public static final Setting<Integer> LOCAL_FACES =
      whole(
          "maquette.local.faces",
          "Approximate number of faces of a model of the built-in studio",
          60_000,
          20_000,
          100_000);

  public static final Setting<Duration> MODEL_DEADLINE =
      duration(
          "maquette.model.deadline",
          "Time limit for a model, from its first submission. After it, the task fails unless the"
              + " model is finished",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> MODEL_FALLBACK_AFTER =
      duration(
          "maquette.model.fallback-after",
          "Time for which a provider can be busy before the next one in `maquette.provider.model`"
              + " takes over",
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
          "Duration of a worker's lease on a task for one step. After it, another worker can"
              + " claim the task. Must be longer than `maquette.image.deadline`",
          "PT5M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> WORKER_GRACE =
      duration(
          "maquette.worker.grace",
          "Time for which a stopping node waits for running steps before it interrupts them. It"
              + " then releases its tasks",
          "PT5S",
          "PT0S",
          "PT5M");

  public static final Setting<Duration> PUSH_INTERVAL =
      duration(
          "maquette.push.interval",
          "Interval at which a node reads the changes of other nodes for its event streams. It"
              + " sends its own changes at once",
          "PT0.25S",
          "PT0.05S",
          "PT1M");

  public static final Setting<Duration> PUSH_HEARTBEAT =
      duration(
          "maquette.push.heartbeat",
          "Interval of heartbeats on an event stream without changes",
          "PT15S",
          "PT0.2S",
          "PT1M");

  public static final Setting<Duration> PUSH_LIFETIME =
      duration(
          "maquette.push.lifetime",
          "Maximum duration of an event stream. Its client then reconnects, is authenticated"
              + " again, and misses no change",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Integer> PUSH_CLIENTS =
      whole(
          "maquette.push.clients",
          "Limit of open event streams on one node. Further ones are refused with 503",
          1000,
          0,
          100_000);

  public static final Setting<String> NODE_NAME =
      new Setting<>(
          "maquette.node.name",
          "Name of the node in leases, history and log, different on each node. A node that"
              + " starts takes back the leases of its name. If another live node has the name, it"
              + " uses a different one",
          "host name and a random suffix",
          "1 to 60 letters, digits, dots or hyphens",
          Setting::nodeName);

  public static final Setting<Duration> NODE_GONE_AFTER =
      duration(
          "maquette.node.gone-after",
          "Time without a heartbeat after which other nodes take over the tasks of a node. A node"
              + " sends six heartbeats in this time",
          "PT30S",
          "PT3S",
          "PT1H");

  public static final Setting<Integer> RETRY_MAX =
      whole(
          "maquette.retry.max",
          "Number of retries of a failed step. The task fails after the last one",
          3,
          0,
          100);

  public static final Setting<Duration> RETRY_IMAGE_DELAY =
      duration(
          "maquette.retry.image-delay",
          "Delay before the first retry of a picture. It doubles with each retry and has jitter",
          "PT2S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_MODEL_DELAY =
      duration(
          "maquette.retry.model-delay",
          "Delay before the first retry of a model. It doubles with each retry and has jitter",
          "PT3S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_THROTTLED_LIMIT =
      duration(
          "maquette.retry.throttled-limit",
          "Time after the start of the stage during which a busy provider only delays a"
              + " submission. After it, a refusal of a busy provider counts as a failed attempt",
          "PT10M",
          "PT1S",
          "P1D");

  public static final Setting<Duration> RETRY_UNKNOWN_DELAY =
      duration(
          "maquette.retry.unknown-delay",
          "Delay before a submission with an unknown outcome is looked up at the provider, or"
              + " repeated. It is repeated at most once",
          "PT1M",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_THROTTLED_DELAY =
      duration(
          "maquette.retry.throttled-delay",
          "Delay before the next attempt if a busy provider names no time, or if the store is"
              + " unavailable",
          "PT30S",
          "PT0.01S",
          "PT1H");

  public static final Setting<Duration> RETRY_DOWN_DELAY =
      duration(
          "maquette.retry.down-delay",
          "Delay before the trial request to a provider that is down. Its tasks wait meanwhile",
          "PT10S",
          "PT0.1S",
          "PT1H");

  public static final Setting<Duration> RETRY_OPERATOR_DELAY =
      duration(
          "maquette.retry.operator-delay",
          "Interval between trial requests to a provider with a problem that only an operator can"
              + " solve (key, credit, wrong setting, retired model or interface). Its tasks wait"
              + " without using up retries",
          "PT1M",
          "PT0.1S",
          "P1D");

  public static final Setting<Integer> QUEUE_LIMIT =
      whole(
          "maquette.queue.limit",
          "Limit of waiting tasks (IMAGE_PENDING and MODEL_PENDING) of all users. Further tasks"
              + " are refused with 503",
          10_000,
          1,
          10_000_000);

  public static final Setting<Integer> QUEUE_USER_LIMIT =
      whole(
          "maquette.queue.user-limit",
          "Limit of waiting tasks of one user, unless an operator sets another limit for the"
              + " user. Further tasks are refused with 429. The development user has no limit",
          20,
          1,
          10_000_000);

  public static final Setting<Duration> IDEMPOTENCY_RETENTION =
      duration(
          "maquette.idempotency.retention",
          "Time for which an `Idempotency-Key` is remembered",
          "P1D",
          "PT1M",
          "P30D");

  public static final Setting<List<String>> DOWNLOAD_ALLOWED_HOSTS =
      new Setting<>(
          "maquette.download.allowed-hosts",
          "Additional hosts from which results of providers may be downloaded. Only a host with"
              + " its exact name, or `host:port`, may use http or a private address. `*.host` permits"
              + " all public https hosts whose names end with `.host`",
          "",
          "up to 50 names, `name:port` or `*.name`, separated by commas",
          Setting::hosts);

  public static final Setting<List<AddressRange>> DOWNLOAD_FAKE_IP =
      new Setting<>(
          "maquette.download.fake-ip",
          "Address ranges that the proxy software of this network uses in fake-IP mode. Results"
              + " are downloaded although their hosts resolve to these ranges, but still only over"
              + " https and from documented hosts",
          "",
          "up to 10 ranges within 198.18.0.0/15, fc00::/7 or 2001:2::/48, separated by commas",
          text ->
              text.isEmpty()
                  ? List.of()
                  : list(text, "\\S{1,60}", 10).stream().map(AddressRange::ofFakeIp).toList());

  public static final Setting<Integer> QUOTA_DAILY =
      whole(
          "maquette.quota.daily",
          "Limit of tasks that one user can create on a day (UTC), unless an operator sets"
              + " another limit for the user. Further tasks are refused with 429. The development"
              + " user has no limit",
          1000,
          0,
          10_000_000);

  public static final Setting<String> AUTH =
      choice(
          "maquette.auth",
          "Authentication: `dev` = every caller is the development user, and only local requests"
              + " are accepted; `accounts` = users sign in, and programs use API keys or external"
              + " tokens",
          "dev",
          Set.of("dev", "accounts"));

  public static final Setting<Boolean> AUTH_DEV_REMOTE =
      new Setting<>(
          "maquette.auth.dev-remote",
          "Whether `maquette.auth=dev` also accepts requests from other machines. Every caller"
              + " then has full access",
          "false",
          "true or false",
          text -> Boolean.valueOf(matching("true|false", text)));

  public static final Setting<String> OPERATOR_EMAIL =
      new Setting<>(
          "maquette.operator.email",
          "Email address of the operator that the first start creates. The log contains the"
              + " password",
          "operator@localhost",
          "an e-mail address",
          text -> matching("[^@\\s]{1,64}@[^@\\s]{1,189}", text.toLowerCase(Locale.ROOT)));

  public static final Setting<Duration> SESSION_IDLE =
      duration("maquette.session.idle", "Idle timeout of a session", "PT12H", "PT1M", "P30D");

  public static final Setting<Duration> SESSION_LIFETIME =
      duration("maquette.session.lifetime", "Maximum duration of a session", "P7D", "PT1M", "P90D");

  public static final Setting<Duration> SIGN_IN_WINDOW =
      duration(
          "maquette.sign-in.window",
          "Time for which a failed sign-in counts against the limits",
          "PT15M",
          "PT1S",
          "P1D");

  public static final Setting<Integer> SIGN_IN_ACCOUNT_LIMIT =
      whole(
          "maquette.sign-in.account-limit",
          "Failed sign-ins of one account within the window, after which further attempts are"
              + " refused with 429",
          10,
          1,
          1000);

  public static final Setting<Integer> SIGN_IN_ADDRESS_LIMIT =
      whole(
          "maquette.sign-in.address-limit",
          "Failed sign-ins from one address within the window, after which further attempts are"
              + " refused with 429",
          50,
          1,
          100_000);

  public static final Setting<String> JWT_KEY =
      new Setting<>(
          "mp.jwt.verify.publickey",
          "Public key of the external issuer of tokens, as PEM, JWK or JWKS",
          "",
          "one key or a set of keys",
          Function.identity());

  public static final Setting<Optional<URI>> JWT_KEY_LOCATION =
      new Setting<>(
          "mp.jwt.verify.publickey.location",
          "URL of the external issuer's public keys. New keys are loaded when a token names an"
              + " unknown one",
          "",
          "a `https:`, `http:` or `file:` address",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(keyLocation(text)));

  public static final Setting<String> JWT_ALGORITHM =
      choice(
          "mp.jwt.verify.publickey.algorithm",
          "Signature algorithm of external tokens",
          "RS256",
          Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"));

  public static final Setting<String> JWT_ISSUER =
      new Setting<>(
          "mp.jwt.verify.issuer",
          "Issuer of external tokens (`iss`). Required if a key is set",
          "",
          "up to 200 characters",
          text -> matching("\\S{0,200}", text));

  public static final Setting<List<String>> JWT_AUDIENCES =
      new Setting<>(
          "mp.jwt.verify.audiences",
          "Accepted audiences (`aud`) of external tokens. Without a value, any audience is"
              + " accepted",
          "",
          "up to 50 names, separated by commas",
          text -> text.isEmpty() ? List.of() : list(text, "\\S{1,200}", 50));

  public static final Setting<Integer> JWT_SKEW =
      whole(
          "mp.jwt.verify.clock.skew",
          "Tolerated difference between the issuer's clock and the database's clock, in seconds",
          60,
          0,
          300);

  public static final Setting<List<String>> JWT_GROUPS_CLAIM =
      new Setting<>(
          "maquette.jwt.groups-claim",
          "Claims that contain the groups of the user, each a string or a list of strings. A path"
              + " names a nested claim, such as `realm_access.roles`",
          "groups",
          "1 to 10 claims, separated by commas",
          text -> list(text, "\\S{1,200}", 10));

  public static final Setting<List<String>> JWT_OPERATOR_GROUPS =
      new Setting<>(
          "maquette.jwt.operator-groups",
          "Groups whose members are operators. `name` also matches Keycloak's path `/name`",
          "operator",
          "1 to 20 groups, separated by commas; `\\,` is a comma within a name",
          Setting::groups);

  public static final Setting<Integer> HTTP_BODIES =
      whole(
          "maquette.http.bodies",
          "Number of request bodies that one node receives at the same time. Further requests are"
              + " refused with 503. Use fewer than the server has request threads, so that slow"
              + " clients cannot occupy all of them",
          32,
          1,
          10_000);

  public static final Setting<String> METRICS_TOKEN =
      key(
          "maquette.metrics.token",
          "Bearer token with which a Prometheus on another machine reads `/api/metrics`. Without"
              + " it, only local requests and operators can read the metrics");

  public static final Setting<String> LOG_JSON =
      new Setting<>(
          "maquette.log.json",
          "File for the application's log as JSON, one object per line, in addition to the"
              + " server's log. The file and nine older ones (`.0` is the newest) have at most 10 MB"
              + " each; `-` = standard output",
          "",
          "a path, or `-`",
          Setting::jsonLog);

  public static final Setting<Map<String, Duration>> DWELL_TARGETS =
      new Setting<>(
          "maquette.dwell.targets",
          "Targets for the time in status, optionally for one provider"
              + " (`MODEL_GENERATING@tencent=PT4M`). Longer tasks are overdue. Statuses that are not"
              + " listed keep their defaults",
          "IMAGE_PENDING=PT1M,IMAGE_GENERATING=PT3M,IMAGE_EDITING=PT2M,MODEL_PENDING=PT5M,"
              + "MODEL_GENERATING=PT8M",
          "up to 50 entries of status, `=` and a duration from PT1S to P7D, separated by commas",
          Setting::targets);

  public static final Setting<Duration> DWELL_INTERVAL =
      duration(
          "maquette.dwell.interval",
          "Interval at which a node looks for overdue tasks",
          "PT10S",
          "PT1S",
          "PT10M");

  public static final Setting<List<String>> WEBHOOK_ALLOWED_HOSTS =
      new Setting<>(
          "maquette.webhook.allowed-hosts",
          "Hosts of webhooks that may use http or a private address",
          "",
          "up to 50 names or `name:port`, separated by commas",
          Setting::hosts);

  public static final Setting<Duration> WEBHOOK_TIMEOUT =
      duration(
          "maquette.webhook.timeout",
          "Time limit for the response of a webhook's receiver",
          "PT10S",
          "PT0.1S",
          "PT30S");

  public static final Setting<Duration> WEBHOOK_RETRY_DELAY =
      duration(
          "maquette.webhook.retry-delay",
          "Delay before the first retry of a delivery. It doubles with each retry, up to one"
              + " hour, and has jitter",
          "PT5S",
          "PT0.05S",
          "PT1H");

  public static final Setting<Duration> WEBHOOK_RETRY_FOR =
      duration(
          "maquette.webhook.retry-for",
          "Time after the first attempt during which a delivery is retried. After it, the"
              + " delivery fails",
          "P1D",
          "PT1S",
          "P6D");

  public static final Setting<Duration> WEBHOOK_SUSPEND_AFTER =
      duration(
          "maquette.webhook.suspend-after",
          "Time without an accepted delivery after which a webhook is suspended",
          "P1D",
          "PT1S",
          "P6D");

  public static final Setting<Optional<LocalTime>> REDRIVE_AT =
      daily(
          "maquette.batch.redrive.at",
          "Time of day at which tasks that failed within the last day because of an unavailable"
              + " provider are retried",
          "never");

  public static final Setting<Optional<LocalTime>> RETENTION_AT =
      daily(
          "maquette.batch.retention.at",
          "Time of day at which old finished tasks are deleted",
          "never");

  public static final Setting<Duration> RETENTION_AGE =
      duration(
          "maquette.batch.retention.age",
          "Age after the last change at which the schedule deletes a finished task",
          "P90D",
          "P1D",
          "P3650D");

  public static final Setting<Optional<LocalTime>> VERIFY_ASSETS_AT =
      daily(
          "maquette.batch.verify-assets.at",
          "Time of day at which all files are compared with their digests",
          "never");

  public static final Setting<Duration> VERIFY_ASSETS_GRACE =
      duration(
          "maquette.batch.verify-assets.grace",
          "Minimum age at which a file that belongs to no task is deleted. At least twice"
              + " `maquette.worker.lease` applies",
          "P1D",
          "PT1H",
          "P365D");

  public static final Setting<Optional<LocalTime>> DWELL_REPORT_AT =
      daily(
          "maquette.batch.dwell-report.at",
          "Time of day at which the time in status is computed",
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
        "a whole number from " + min + " to " + max,
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
        "a duration from " + min + " to " + max,
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
        "`never`, or a UTC time from 00:00 to 23:59",
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
        "one of " + String.join(", ", new TreeSet<>(values)),
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
            name,
            meaning,
            "",
            "up to 500 visible ASCII characters",
            text -> matching("[!-~]{0,500}", text))
        .secret();
  }

  private static Setting<String> name(String name, String meaning, String defaultValue) {
    return new Setting<>(
        name,
        meaning,
        defaultValue,
        "the name of a provider, 1 to 40 lower-case letters, digits, hyphens",
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
          name + (secret ? "" : "=" + text) + " is invalid: it must be " + bounds, e);
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
