package io.maquette.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.maquette.config.Settings;
import io.maquette.security.Account;
import io.maquette.security.Accounts;
import io.maquette.security.Caller;
import io.maquette.security.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalTokensTest {

  private static final Logger LOG = Logger.getLogger(ExternalTokens.class.getName());

  private final SigningIssuer issuer = SigningIssuer.open();
  private final Map<String, Account> accounts = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord record) {
          lines.add(record.getLevel() + " " + new SimpleFormatter().formatMessage(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
  }

  @AfterEach
  void close() {
    LOG.removeHandler(handler);
    issuer.close();
  }

  /** Creates tokens with the issuer's settings and the given ones. */
  private ExternalTokens tokens(String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    values.put("mp.jwt.verify.publickey.location", issuer.keysAt());
    values.put("mp.jwt.verify.issuer", SigningIssuer.NAME);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return tokens(values);
  }

  private ExternalTokens tokens(Map<String, String> values) {
    ExternalTokens tokens =
        new ExternalTokens(
            Settings.read(name -> Optional.ofNullable(values.get(name))),
            new Accounts() {
              @Override
              public Account outside(String subject) {
                return accounts.computeIfAbsent(subject, s -> Account.outside(s, Instant.EPOCH));
              }
            },
            Clock.systemUTC());
    tokens.prepare();
    return tokens;
  }

  private Role roleWith(ExternalTokens tokens, String claim, Object value) {
    return tokens.find(issuer.token(SigningIssuer.claims(claim, value))).orElseThrow().role();
  }

  // Groups

  @TestFactory
  Stream<DynamicTest> groups_of_any_form_never_refuse_a_token() {
    Map<Object, Role> groups = new LinkedHashMap<>();
    groups.put("operator", Role.OPERATOR);
    groups.put("/operator", Role.OPERATOR);
    groups.put(List.of("operator"), Role.OPERATOR);
    groups.put(List.of("staff", "/operator"), Role.OPERATOR);
    groups.put(Arrays.asList(7, null, "operator", true), Role.OPERATOR);
    groups.put("operators", Role.USER);
    groups.put("Operator", Role.USER);
    groups.put("staff operator", Role.USER);
    groups.put("staff,operator", Role.USER);
    groups.put("", Role.USER);
    groups.put(7, Role.USER);
    groups.put(true, Role.USER);
    groups.put(List.of(), Role.USER);
    groups.put(List.of(7, 8), Role.USER);
    groups.put(List.of(List.of("operator")), Role.USER);
    groups.put(List.of(Map.of("name", "operator")), Role.USER);
    groups.put(Map.of("operator", true), Role.USER);
    groups.put(List.of("/staff/operator", "/operator/former", "operator/"), Role.USER);
    ExternalTokens tokens = tokens();
    return groups.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "groups: " + each.getKey(),
                    () ->
                        assertThat(roleWith(tokens, "groups", each.getKey()))
                            .isEqualTo(each.getValue())));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roles | operator | {\"roles\":\"operator\"} | OPERATOR",
        "roles | operator | {\"groups\":\"operator\"} | USER",
        "groups,roles | operator | {\"roles\":[\"operator\"]} | OPERATOR",
        "cognito:groups | operator | {\"cognito:groups\":[\"operator\"]} | OPERATOR",
        "realm_access.roles | operator | {\"realm_access\":{\"roles\":[\"operator\"]}} | OPERATOR",
        "realm_access/roles | operator | {\"realm_access\":{\"roles\":[\"operator\"]}} | OPERATOR",
        "resource_access.my.app.roles | operator |"
            + " {\"resource_access\":{\"my.app\":{\"roles\":[\"operator\"]}}} | OPERATOR",
        "https://maquette.example/roles | operator |"
            + " {\"https://maquette.example/roles\":[\"operator\"]} | OPERATOR",
        "a.b | operator | {\"a\":\"operator\"} | USER",
        "a.b | operator | {\"a\":{\"b\":{\"c\":\"operator\"}}} | USER",
        "groups | 5f1c-admins | {\"groups\":[\"5f1c-admins\"]} | OPERATOR",
        "groups | 5f1c-admins | {\"groups\":[\"operator\"]} | USER",
        "groups | staff, HOME\\Print Operators | {\"groups\":\"HOME\\\\Print Operators\"} |"
            + " OPERATOR",
        "groups | cn=op\\,dc=home | {\"groups\":\"cn=op,dc=home\"} | OPERATOR",
        "groups | /operator | {\"groups\":\"operator\"} | USER",
      })
  void claim_and_operator_groups_are_settings(
      String claim, String groups, String json, Role expected) throws ParseException {
    ExternalTokens tokens =
        tokens("maquette.jwt.groups-claim", claim, "maquette.jwt.operator-groups", groups);
    Map<String, Object> claims = SigningIssuer.claims();
    claims.putAll(JSONObjectUtils.parse(json));
    assertThat(tokens.find(issuer.token(claims)).orElseThrow().role()).isEqualTo(expected);
  }

  @Test
  void a_missing_groups_claim_is_logged_once_with_the_names_of_those_that_are_there() {
    ExternalTokens tokens = tokens();
    assertThat(roleWith(tokens, "cognito:groups", List.of("operator"))).isEqualTo(Role.USER);
    assertThat(roleWith(tokens, "cognito:groups", List.of("operator"))).isEqualTo(Role.USER);
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("maquette.jwt.groups-claim", "aud, cognito:groups, exp, iat, iss, sub")
        .contains("role of its account")
        .doesNotContain("ada");
  }

  @Test
  void groups_that_entra_leaves_out_are_logged_as_such() {
    assertThat(roleWith(tokens(), "_claim_names", Map.of("groups", "src1"))).isEqualTo(Role.USER);
    assertThat(lines).singleElement().asString().contains("too many groups", "app roles");
  }

  // Required claims

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "iat", "exp"})
  void a_missing_claim_is_named_in_one_line_a_minute(String claim) {
    ExternalTokens tokens = tokens();
    String token = issuer.token(SigningIssuer.claims(claim, null));
    for (int i = 0; i < 5; i++) {
      assertThat(tokens.find(token)).isEmpty();
    }
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("WARNING")
        .contains("no claim \"" + claim + "\"")
        .doesNotContain(token.substring(0, 20))
        .doesNotContain(token.substring(token.length() - 20));
  }

  @TestFactory
  Stream<DynamicTest> a_subject_that_names_nobody_is_refused() {
    List<Object> subjects =
        List.of(
            "",
            " ",
            "\u00a0\u3000 ",
            "\t\n",
            "a\u0000b",
            "a\nb",
            "x".repeat(390),
            List.of("ada"),
            true);
    ExternalTokens tokens = tokens();
    return subjects.stream()
        .map(
            subject ->
                DynamicTest.dynamicTest(
                    "sub " + subjects.indexOf(subject),
                    () -> {
                      String token = issuer.token(SigningIssuer.claims("sub", subject));
                      assertThat(tokens.find(token)).isEmpty();
                      assertThat(accounts).isEmpty();
                      assertThat(String.join("\n", lines)).contains("sub");
                    }));
  }

  @Test
  void a_subject_that_no_database_could_store_is_refused() {
    String json = JSONObjectUtils.toJSONString(SigningIssuer.claims("sub", "half"));
    String half = json.replace("half", "half \\ud800");
    assertThat(tokens().find(issuer.token(new Payload(half)))).isEmpty();
    assertThat(lines).singleElement().asString().contains("(sub) has characters");
  }

  @Test
  void a_subject_that_is_a_number_is_taken_as_its_digits() {
    assertThat(tokens().find(issuer.token(SigningIssuer.claims("sub", 42)))).isPresent();
    assertThat(accounts).containsOnlyKeys(SigningIssuer.NAME + "|42");
  }

  @Test
  void each_subject_has_an_account_of_its_own() {
    ExternalTokens tokens = tokens();
    for (String subject : List.of("ada", "ADA", " ada", "艾达", "x".repeat(300))) {
      assertThat(tokens.find(issuer.token(SigningIssuer.claims("sub", subject)))).isPresent();
      assertThat(accounts).containsKey(SigningIssuer.NAME + "|" + subject);
    }
    assertThat(accounts).hasSize(5);
  }

  // Times

  @ParameterizedTest
  @CsvSource({
    "nbf, 2, true",
    "nbf, 50, true",
    "nbf, 75, false",
    "iat, 50, true",
    "exp, -50, true",
    "exp, -75, false",
    "exp, -100000, false",
    "nbf, -100000, true",
  })
  void clocks_may_differ_by_a_minute(String claim, int seconds, boolean good) {
    long time = Instant.now().getEpochSecond() + seconds;
    assertThat(tokens().find(issuer.token(SigningIssuer.claims(claim, time))).isPresent())
        .isEqualTo(good);
    assertThat(lines.stream().anyMatch(line -> line.contains("(" + claim + ")"))).isEqualTo(!good);
  }

  @Test
  void the_skew_is_a_setting() {
    long soon = Instant.now().getEpochSecond() + 30;
    ExternalTokens strict = tokens("mp.jwt.verify.clock.skew", "0");
    assertThat(strict.find(issuer.token(SigningIssuer.claims("nbf", soon)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "exp", "nbf"})
  void times_with_fractions_are_times_and_texts_are_not(String claim) {
    ExternalTokens tokens = tokens();
    double time = Instant.now().getEpochSecond() + 0.5;
    assertThat(tokens.find(issuer.token(SigningIssuer.claims(claim, time)))).isPresent();
    assertThat(tokens.find(issuer.token(SigningIssuer.claims(claim, "tomorrow")))).isEmpty();
    assertThat(lines.get(lines.size() - 1)).contains("another type", claim);
  }

  // Issuer and audience

  @ParameterizedTest
  @CsvSource({
    "https://issuer.example, https://issuer.example/, true",
    "https://issuer.example/, https://issuer.example, true",
    "https://issuer.example/, https://issuer.example/, true",
    "https://issuer.example, https://issuer.example/a, false",
    "https://issuer.example, https://issuer.example.evil.example, false",
    "https://issuer.example, http://issuer.example, false",
  })
  void an_issuer_may_have_a_slash_at_the_end(String setting, String claim, boolean good) {
    ExternalTokens tokens = tokens("mp.jwt.verify.issuer", setting);
    assertThat(tokens.find(issuer.token(SigningIssuer.claims("iss", claim))).isPresent())
        .isEqualTo(good);
    assertThat(lines.stream().anyMatch(line -> line.contains("mp.jwt.verify.issuer")))
        .isEqualTo(!good);
  }

  @TestFactory
  Stream<DynamicTest> an_audience_is_a_text_or_a_list_or_the_client() throws ParseException {
    Map<String, Boolean> audiences = new LinkedHashMap<>();
    audiences.put("{\"aud\":\"maquette\"}", true);
    audiences.put("{\"aud\":[\"account\",\"maquette\"]}", true);
    audiences.put("{\"aud\":\"account\"}", false);
    audiences.put("{\"aud\":[]}", false);
    audiences.put("{\"aud\":[7]}", false);
    audiences.put("{}", false);
    audiences.put("{\"client_id\":\"maquette\"}", true);
    audiences.put("{\"azp\":\"maquette\"}", true);
    audiences.put("{\"client_id\":\"another\"}", false);
    audiences.put("{\"client_id\":[\"maquette\"]}", false);
    audiences.put("{\"aud\":\"account\",\"azp\":\"maquette\"}", false);
    audiences.put("{\"aud\":\"account\",\"client_id\":\"maquette\"}", false);
    ExternalTokens tokens = tokens("mp.jwt.verify.audiences", "maquette, another-name");
    List<DynamicTest> tests = new ArrayList<>();
    for (Map.Entry<String, Boolean> each : audiences.entrySet()) {
      Map<String, Object> claims = SigningIssuer.claims("aud", null);
      claims.putAll(JSONObjectUtils.parse(each.getKey()));
      tests.add(
          DynamicTest.dynamicTest(
              each.getKey(),
              () ->
                  assertThat(tokens.find(issuer.token(claims)).isPresent())
                      .isEqualTo(each.getValue())));
    }
    return tests.stream();
  }

  @Test
  void a_wrong_audience_is_logged_with_what_the_token_has() {
    ExternalTokens tokens = tokens("mp.jwt.verify.audiences", "maquette");
    assertThat(tokens.find(issuer.token(SigningIssuer.claims("aud", "account\u0007")))).isEmpty();
    assertThat(lines)
        .singleElement()
        .asString()
        .contains("\"account?\"", "mp.jwt.verify.audiences");
  }

  // Types and keys

  @ParameterizedTest
  @CsvSource({
    "JWT, true",
    "jwt, true",
    "at+jwt, true",
    "AT+JWT, true",
    "application/at+jwt, true",
    ", true",
    "logout+jwt, false",
    "dpop+jwt, false",
  })
  void access_tokens_are_told_by_their_type(String type, boolean good) {
    JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1");
    if (type != null) {
      header.type(new JOSEObjectType(type));
    }
    assertThat(tokens().find(issuer.token(header.build(), SigningIssuer.claims())).isPresent())
        .isEqualTo(good);
    assertThat(lines.stream().anyMatch(line -> line.contains("(typ)"))).isEqualTo(!good);
  }

  @TestFactory
  Stream<DynamicTest> keys_of_other_kinds_do_not_spoil_the_set() {
    String key = issuer.key().toPublicJWK().toJSONString();
    String bare =
        new RSAKey.Builder(publicKey()).build().toJSONString(); // no kid, use or algorithm
    String encrypting =
        new RSAKey.Builder(SigningIssuer.newKey("2").toPublicJWK())
            .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
            .build()
            .toJSONString();
    Map<String, String> sets = new LinkedHashMap<>();
    sets.put("alone", SigningIssuer.keySet(key));
    sets.put("unknown type", SigningIssuer.keySet("{\"kty\":\"LATTICE\",\"kid\":\"9\"}", key));
    sets.put("without a type", SigningIssuer.keySet("{\"kid\":\"9\"}", key));
    sets.put("half an RSA key", SigningIssuer.keySet("{\"kty\":\"RSA\",\"e\":\"AQAB\"}", key));
    sets.put("unknown curve", SigningIssuer.keySet("{\"kty\":\"EC\",\"crv\":\"P-999\"}", key));
    sets.put("not an object", SigningIssuer.keySet("7", "null", "\"x\"", "[]", key));
    sets.put(
        "a use and operations that contradict each other",
        SigningIssuer.keySet(
            "{\"kty\":\"RSA\",\"use\":\"enc\",\"key_ops\":[\"sign\"],\"n\":\"AQAB\",\"e\":\"AQAB\"}",
            key));
    sets.put(
        "a broken certificate",
        SigningIssuer.keySet(
            "{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\",\"x5c\":[\"!\"]}", key));
    sets.put("another use", SigningIssuer.keySet(encrypting, key));
    sets.put("no kid", SigningIssuer.keySet(bare));
    sets.put("no kid beside one with another", SigningIssuer.keySet(encrypting, bare));
    sets.put("with a byte order mark", "\uFEFF" + SigningIssuer.keySet(key));
    sets.put("one key without a set", key);
    sets.put("PEM", pem());
    return sets.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    each.getKey(),
                    () -> {
                      issuer.answers(each.getValue());
                      assertThat(tokens().find(issuer.token(SigningIssuer.claims()))).isPresent();
                    }));
  }

  @Test
  void a_token_without_a_kid_is_checked_with_every_key() {
    issuer.answers(SigningIssuer.keySet(SigningIssuer.newKey("9"), issuer.key()));
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256).build();
    assertThat(tokens().find(issuer.token(header, SigningIssuer.claims()))).isPresent();
  }

  @Test
  void a_key_as_pem_in_the_settings_checks_tokens_that_name_a_kid() {
    ExternalTokens tokens =
        tokens(
            Map.of("mp.jwt.verify.publickey", pem(), "mp.jwt.verify.issuer", SigningIssuer.NAME));
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    issuer.rotate("1");
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isEmpty();
    assertThat(lines).anyMatch(line -> line.contains("not signed by a key of the issuer"));
  }

  @Test
  void a_new_key_is_fetched_when_a_token_names_it() {
    ExternalTokens tokens = tokens();
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    issuer.rotate("2");
    issuer.answers(SigningIssuer.keySet(issuer.key()));
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    assertThat(issuer.fetches).hasValue(2);
    for (int i = 0; i < 10; i++) {
      assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    }
    assertThat(issuer.fetches).hasValue(2);
  }

  @TestFactory
  Stream<DynamicTest> an_answer_that_holds_no_keys_is_an_outage_that_says_why() {
    Map<String, String> answers = new LinkedHashMap<>();
    answers.put("<!DOCTYPE html><title>Sign in</title>", "a page");
    answers.put("{\"jwks_uri\":\"https://issuer.example/keys\"}", "https://issuer.example/keys");
    answers.put("{\"keys\":[]}", "no key");
    answers.put("{\"keys\":{}}", "no key");
    answers.put("{}", "no key");
    answers.put("{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQ", "");
    answers.put("[".repeat(100_000), "");
    answers.put("{\"a\":".repeat(50_000), "");
    answers.put("", "");
    answers.put("{\"keys\":[" + " ".repeat(300_000) + "]}", "larger");
    return answers.entrySet().stream()
        .map(
            each ->
                DynamicTest.dynamicTest(
                    "answer: " + each.getKey().substring(0, Math.min(40, each.getKey().length())),
                    () -> {
                      issuer.answers(each.getKey());
                      assertThatThrownBy(() -> tokens().find(issuer.token(SigningIssuer.claims())))
                          .isInstanceOf(ExternalTokens.UnknownKeysException.class)
                          .hasMessageContaining(issuer.keysAt())
                          .hasMessageContaining(each.getValue());
                    }));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 401, 404, 500, 503})
  void a_status_of_the_key_endpoint_is_in_the_message(int status) {
    issuer.answers(status, body -> {});
    assertThatThrownBy(() -> tokens().find(issuer.token(SigningIssuer.claims())))
        .isInstanceOf(ExternalTokens.UnknownKeysException.class)
        .hasMessageContaining("HTTP status " + status);
  }

  @Test
  void the_last_keys_are_used_while_the_issuer_is_down() {
    ExternalTokens tokens = tokens();
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    issuer.answers(503, body -> {});
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).isPresent();
    String good = issuer.token(SigningIssuer.claims());
    issuer.rotate("unknown");
    assertThat(tokens.find(issuer.token(SigningIssuer.claims()))).as("another kid").isEmpty();
    assertThat(tokens.find(good)).isPresent();
  }

  @Test
  @Tag("slow")
  @Timeout(value = 20, unit = TimeUnit.SECONDS)
  void an_answer_that_drips_is_given_up() {
    issuer.answers(
        200,
        body -> {
          do {
            body.write(' ');
            body.flush();
          } while (!issuer.closesWithin(Duration.ofMillis(50)));
        });
    assertThatThrownBy(() -> tokens().find(issuer.token(SigningIssuer.claims())))
        .isInstanceOf(ExternalTokens.UnknownKeysException.class)
        .hasMessageContaining("takes longer");
  }

  private java.security.interfaces.RSAPublicKey publicKey() {
    try {
      return issuer.key().toRSAPublicKey();
    } catch (com.nimbusds.jose.JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private String pem() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(publicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  @Test
  void what_is_no_token_at_all_is_not_logged() {
    ExternalTokens tokens = tokens();
    for (String text : List.of("secret", "a.b.c", "..", "eyJhbGciOiJub25lIn0.e30.")) {
      assertThat(tokens.find(text)).isEmpty();
    }
    assertThat(lines).isEmpty();
  }

  // Promises of the documentation

  private static final Pattern EXAMPLE =
      Pattern.compile("### (\\S.*?)\\n.*?```sh\\n(.*?)```.*?```json\\n(.*?)```", Pattern.DOTALL);

  @TestFactory
  Stream<DynamicTest> the_documented_settings_fit_the_documented_claims()
      throws IOException, ParseException {
    String page = Files.readString(Path.of("docs/security.md"));
    String section = page.substring(page.indexOf("\n## External token issuers"));
    section = section.substring(0, section.indexOf("\n## ", 4));
    Matcher example = EXAMPLE.matcher(section);
    List<DynamicTest> tests = new ArrayList<>();
    while (example.find()) {
      Map<String, String> settings = settingsOf(example.group(2));
      assertThat(settings.get("mp.jwt.verify.publickey.location")).startsWith("https://");
      settings.put("mp.jwt.verify.publickey.location", issuer.keysAt());
      Map<String, Object> claims = JSONObjectUtils.parse(example.group(3));
      long now = Instant.now().getEpochSecond();
      claims.replaceAll(
          (name, value) ->
              switch (name) {
                case "iat", "nbf", "auth_time" -> now;
                case "exp" -> now + 300;
                default -> value;
              });
      tests.add(
          DynamicTest.dynamicTest(
              example.group(1),
              () -> {
                Caller caller = tokens(settings).find(issuer.token(claims)).orElseThrow();
                assertThat(caller.role()).isEqualTo(Role.OPERATOR);
                assertThat(accounts).containsKey(claims.get("iss") + "|" + claims.get("sub"));
                assertThat(lines).isEmpty();
              }));
    }
    assertThat(tests)
        .extracting(DynamicTest::getDisplayName)
        .containsExactly("Keycloak", "Microsoft Entra ID", "Amazon Cognito", "AD FS");
    return tests.stream();
  }

  private static Map<String, String> settingsOf(String lines) {
    Map<String, String> settings = new HashMap<>();
    for (String line : lines.lines().filter(each -> !each.startsWith("#")).toList()) {
      String name = line.substring(0, line.indexOf('='));
      settings.put(
          Settings.ALL.stream()
              .map(Object::toString)
              .filter(
                  setting ->
                      setting.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT).equals(name))
              .findFirst()
              .orElseThrow(),
          line.substring(name.length() + 1).replace("'", ""));
    }
    return settings;
  }
}
