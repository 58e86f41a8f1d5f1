package io.maquette.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maquette.security.SignInAttempts.Attempt;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Contract of accounts, sessions, keys and the audit, for every database. */
abstract class AccessDatabaseContract {

  private static final Operator OPERATOR = new Operator("op", "op@maquette.example", "192.0.2.7");
  private static final String HASH = "PBKDF2WithHmacSHA512:210000:c2FsdA==:aGFzaA==";

  abstract AccessDatabase database();

  @BeforeEach
  void clear() throws SQLException {
    database().clear();
  }

  private Account create(String email, Role role) throws Exception {
    return database().call(desk -> desk.accounts().create(email, role, HASH, OPERATOR, "new"));
  }

  private Account user() throws Exception {
    return create("maker@maquette.example", Role.USER);
  }

  private String begin(Account account) throws Exception {
    return database().call(desk -> desk.sessions().begin(account.id()));
  }

  private Optional<Caller> session(String token) throws Exception {
    return database().call(desk -> desk.sessions().find(token));
  }

  private ApiKeys.Created key(Account account, Set<Scope> scopes, Instant expiresAt)
      throws Exception {
    return database().call(desk -> desk.keys().create(account.id(), "k", scopes, expiresAt));
  }

  private Optional<Caller> key(String token) throws Exception {
    return database().call(desk -> desk.keys().find(token));
  }

  private List<AuditEntry> audit() throws Exception {
    return audit(new Audit.Filter(null, null, null), 100, null);
  }

  private Account byEmail(String email) throws Exception {
    return database().call(desk -> desk.accounts().findByEmail(email)).orElseThrow();
  }

  private boolean hasOperator() throws Exception {
    return database().call(desk -> desk.accounts().hasOperator());
  }

  private boolean ensureOperator() throws Exception {
    return database().call(desk -> desk.accounts().ensureOperator("op@here", HASH));
  }

  private List<AuditEntry> audit(Audit.Filter filter, int limit, Long before) throws Exception {
    return database().call(desk -> desk.audit().list(filter, limit, before));
  }

  private int forgetSessions() throws Exception {
    return database().call(desk -> desk.sessions().forgetOld());
  }

  private int forgetAttempts() throws Exception {
    return database().call(desk -> desk.attempts().forgetOld());
  }

  /** Runs all work at the same time; the result of failed work is null. */
  private static <T> List<T> atOnce(List<Callable<T>> works) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(works.size());
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(works)) {
        try {
          results.add(future.get());
        } catch (ExecutionException e) {
          results.add(null);
        }
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  // Accounts

  @Test
  void an_email_has_one_account_in_any_spelling() throws Exception {
    Account account = create(" Maker@Maquette.Example ", Role.USER);
    assertThat(account.name()).isEqualTo("maker@maquette.example");
    assertThat(byEmail("MAKER@maquette.example").id()).isEqualTo(account.id());
    assertThatThrownBy(() -> create("maker@MAQUETTE.example", Role.USER))
        .isInstanceOf(AccountException.EmailTaken.class);
    assertThat(
            atOnce(
                List.<Callable<Account>>of(
                    () -> create("both@maquette.example", Role.USER),
                    () -> create("both@maquette.example", Role.USER))))
        .filteredOn(made -> made != null)
        .hasSize(1);
  }

  @Test
  void the_last_operator_stays_an_operator() throws Exception {
    assertThat(hasOperator()).isFalse();
    assertThat(ensureOperator()).isTrue();
    assertThat(ensureOperator()).isFalse();
    Account only = database().call(desk -> desk.accounts().findByEmail("op@here")).orElseThrow();
    assertThat(only.role()).isEqualTo(Role.OPERATOR);
    assertThatThrownBy(
            () -> database().run(desk -> desk.accounts().disable(only.id(), OPERATOR, "test")))
        .isInstanceOf(AccountException.LastOperator.class);
    assertThatThrownBy(
            () ->
                database()
                    .run(desk -> desk.accounts().changeRole(only.id(), Role.USER, OPERATOR, "x")))
        .isInstanceOf(AccountException.LastOperator.class);
    assertThat(audit()).extracting(AuditEntry::action).containsExactly("CREATE_USER");

    // an operator who has lost the password can edit the row like this
    database().run(desk -> desk.accounts().find(only.id()).becomes(Role.USER));
    assertThat(ensureOperator()).isTrue();
    assertThat(byEmail("op@here").role()).isEqualTo(Role.OPERATOR);
  }

  @Test
  void of_two_operators_who_are_demoted_at_once_one_stays() throws Exception {
    Account one = create("one@maquette.example", Role.OPERATOR);
    Account two = create("two@maquette.example", Role.OPERATOR);
    List<Callable<Account>> leaving =
        List.of(
            () ->
                database()
                    .call(desk -> desk.accounts().changeRole(one.id(), Role.USER, OPERATOR, "x")),
            () -> database().call(desk -> desk.accounts().disable(two.id(), OPERATOR, "x")));
    assertThat(atOnce(leaving)).filteredOn(left -> left != null).hasSize(1);
    assertThat(hasOperator()).isTrue();
  }

  @Test
  void a_disabled_account_loses_its_sessions_and_keys_at_once() throws Exception {
    Account user = user();
    String session = begin(user);
    String key = key(user, Set.of(Scope.READ), null).token();
    database().run(desk -> desk.accounts().disable(user.id(), OPERATOR, "left"));
    assertThat(session(session)).isEmpty();
    assertThat(key(key)).isEmpty();
    database().run(desk -> desk.accounts().enable(user.id(), OPERATOR, "came back"));
    assertThat(session(session)).as("a session does not come back").isEmpty();
    assertThat(key(key)).isPresent();
  }

  @Test
  void a_new_password_ends_the_other_sessions() throws Exception {
    Account user = user();
    String here = begin(user);
    String there = begin(user);
    String others = begin(create("other@maquette.example", Role.USER));
    database().run(desk -> desk.accounts().changePassword(user.id(), HASH, here));
    assertThat(session(here)).as("where it was changed").isPresent();
    assertThat(session(there)).isEmpty();
    database().run(desk -> desk.accounts().resetPassword(user.id(), HASH, OPERATOR, "forgot"));
    assertThat(session(here)).isEmpty();
    assertThat(session(others)).isPresent();
  }

  @Test
  void an_external_user_has_one_account_without_a_password() throws Exception {
    Account first = database().call(desk -> desk.accounts().outside("https://issuer|4711"));
    Account again = database().call(desk -> desk.accounts().outside("https://issuer|4711"));
    assertThat(again.id()).isEqualTo(first.id());
    assertThat(first.isLocal()).isFalse();
    assertThat(first.name()).isEqualTo("https://issuer|4711");
    assertThatThrownBy(
            () ->
                database()
                    .run(desk -> desk.accounts().resetPassword(first.id(), HASH, OPERATOR, "x")))
        .isInstanceOf(AccountException.External.class);
  }

  @Test
  void accounts_are_listed_page_by_page_and_filtered_by_name() throws Exception {
    for (int i = 0; i < 7; i++) {
      create("user_" + i + "@maquette.example", Role.USER); // all at the same time
    }
    create("percent%@maquette.example", Role.USER);
    List<String> seen = new ArrayList<>();
    String after = null;
    do {
      String from = after;
      List<Account> page = database().call(desk -> desk.accounts().list(null, 3, from));
      page.stream().limit(3).map(Account::id).forEach(seen::add);
      after = page.size() > 3 ? page.get(2).id() : null;
    } while (after != null);
    assertThat(seen).hasSize(8).doesNotHaveDuplicates();
    assertThat(names("USER_")).hasSize(7);
    assertThat(names("%")).containsExactly("percent%@maquette.example");
    assertThat(names("nobody")).isEmpty();
    assertThatThrownBy(() -> database().run(desk -> desk.accounts().list(null, 3, "nobody")))
        .isInstanceOf(NotThereException.class);
  }

  private List<String> names(String text) throws Exception {
    return database()
        .call(desk -> desk.accounts().list(text, 100, null).stream().map(Account::name).toList());
  }

  // Sessions

  @Test
  void a_session_is_stored_only_as_a_digest() throws Exception {
    Account user = user();
    String token = begin(user);
    assertThat(session(token))
        .hasValueSatisfying(
            caller -> {
              assertThat(caller.owner()).isEqualTo(user.id());
              assertThat(caller.by()).isEqualTo(Caller.Credential.SESSION);
              assertThat(caller.isOperator()).isFalse();
            });
    assertThat(session(token + "x")).isEmpty();
    String kept = database().sql("select digest from account_session");
    assertThat(kept).isEqualTo(Secrets.digest(token)).doesNotContain(token);
    assertThat(session(kept)).as("what is kept opens nothing").isEmpty();
    database().run(desk -> desk.sessions().end(token));
    assertThat(session(token)).isEmpty();
  }

  @Test
  void a_session_ends_after_its_idle_timeout_and_after_its_lifetime() throws Exception {
    database().set(Map.of("maquette.session.idle", "PT1H", "maquette.session.lifetime", "PT3H"));
    String used = begin(user());
    String idle = begin(create("idle@maquette.example", Role.USER));
    for (int i = 0; i < 3; i++) {
      database().pass(Duration.ofMinutes(50));
      assertThat(session(used)).as("after %d times fifty minutes", i + 1).isPresent();
    }
    assertThat(session(idle)).isEmpty();
    assertThat(forgetSessions()).isEqualTo(1);
    database().pass(Duration.ofMinutes(31));
    assertThat(session(used)).isEmpty();
    assertThat(forgetSessions()).isEqualTo(1);
  }

  // Keys

  @Test
  void a_key_has_its_scopes_and_is_stored_as_a_digest() throws Exception {
    Account operator = create("op@maquette.example", Role.OPERATOR);
    String reading = key(operator, Set.of(Scope.READ), null).token();
    String all = key(operator, Scope.ALL, null).token();
    assertThat(key(reading).orElseThrow().scopes()).containsExactly(Scope.READ);
    assertThat(key(reading).orElseThrow().isOperator()).isFalse();
    assertThat(key(all).orElseThrow().isOperator()).isTrue();
    assertThat(key("mqt_forged")).isEmpty();
    assertThat(
            database().sql("select count(*) from api_key where digest like 'mqt%' or digest = ''"))
        .isEqualTo("0");
    create("second@maquette.example", Role.OPERATOR);
    database()
        .run(desk -> desk.accounts().changeRole(operator.id(), Role.USER, OPERATOR, "enough"));
    assertThat(key(all).orElseThrow().isOperator()).as("of one who is no operator now").isFalse();
  }

  @Test
  void a_key_ends_when_it_is_revoked_or_expires() throws Exception {
    Account user = user();
    ApiKeys.Created revoked = key(user, Set.of(Scope.READ), null);
    ApiKeys.Created ending =
        key(user, Set.of(Scope.READ), database().now().plus(Duration.ofDays(1)));
    database().run(desk -> desk.keys().revoke(user.id(), revoked.key().id()));
    assertThat(key(revoked.token())).isEmpty();
    assertThat(key(ending.token())).isPresent();
    database().pass(Duration.ofDays(1));
    assertThat(key(ending.token())).isEmpty();
  }

  @Test
  void only_the_owner_and_operators_revoke_a_key() throws Exception {
    ApiKeys.Created key = key(user(), Set.of(Scope.READ), null);
    Account other = create("other@maquette.example", Role.USER);
    assertThatThrownBy(() -> database().run(desk -> desk.keys().revoke(other.id(), key.key().id())))
        .isInstanceOf(NotThereException.class);
    assertThat(key(key.token())).isPresent();
    database().run(desk -> desk.keys().revoke(key.key().id(), OPERATOR, "was seen"));
    assertThat(key(key.token())).isEmpty();
    assertThat(audit().get(0).action()).isEqualTo("REVOKE_KEY");
  }

  @Test
  void the_last_use_of_a_key_is_written_once_a_minute() throws Exception {
    ApiKeys.Created key = key(user(), Set.of(Scope.READ), null);
    Instant first = database().now();
    key(key.token());
    assertThat(lastUsed(key)).isEqualTo(first);
    database().pass(Duration.ofSeconds(59));
    key(key.token());
    assertThat(lastUsed(key)).isEqualTo(first);
    database().pass(Duration.ofSeconds(2));
    key(key.token());
    assertThat(lastUsed(key)).isEqualTo(database().now());
  }

  private Instant lastUsed(ApiKeys.Created key) throws Exception {
    return database().call(desk -> desk.keys().list(key.key().accountId()).get(0).lastUsedAt());
  }

  @Test
  void the_limit_of_keys_holds_for_concurrent_requests() throws Exception {
    Account user = user();
    for (int i = 1; i < ApiKeys.MAX_KEYS; i++) {
      key(user, Set.of(Scope.READ), null);
    }
    Callable<ApiKeys.Created> one = () -> key(user, Set.of(Scope.READ), null);
    assertThat(atOnce(List.of(one, one, one))).filteredOn(made -> made != null).hasSize(1);
    assertThatThrownBy(one::call).isInstanceOf(AccountException.TooManyKeys.class);
  }

  // Sign-in attempts

  private Attempt begin(String email, String address) throws Exception {
    return database().call(desk -> desk.attempts().begin(email, address));
  }

  /** Returns whether an attempt is permitted; deletes a refused attempt, as the sign-in does. */
  private boolean mayTry(String email, String address) throws Exception {
    Attempt attempt = begin(email, address);
    boolean free = database().call(desk -> desk.attempts().delay(attempt)).isEmpty();
    if (!free) {
      database().run(desk -> desk.attempts().refused(attempt));
    }
    return free;
  }

  private void limitTries(int ofAccount, int ofAddress) {
    database()
        .set(
            Map.of(
                "maquette.sign-in.account-limit", Integer.toString(ofAccount),
                "maquette.sign-in.address-limit", Integer.toString(ofAddress)));
  }

  @Test
  void failed_sign_ins_to_one_account_are_limited_over_all_addresses() throws Exception {
    limitTries(3, 100);
    for (int i = 0; i < 3; i++) {
      assertThat(mayTry("Maker@maquette.example", "192.0.2." + i)).isTrue();
      database().pass(Duration.ofMinutes(1));
    }
    assertThat(mayTry("maker@maquette.example", "192.0.2.99")).isFalse();
    assertThat(mayTry("other@maquette.example", "192.0.2.99")).isTrue();
    Attempt late = begin("maker@maquette.example", "192.0.2.98");
    Optional<Duration> delay = database().call(desk -> desk.attempts().delay(late));
    assertThat(delay).contains(Duration.ofMinutes(12));
    database().run(desk -> desk.attempts().refused(late));
    database().pass(Duration.ofMinutes(12));
    assertThat(mayTry("maker@maquette.example", "192.0.2.99")).isTrue();
    assertThat(mayTry("maker@maquette.example", "192.0.2.99")).isFalse();
  }

  @Test
  void failed_sign_ins_from_one_address_are_limited_over_all_accounts() throws Exception {
    limitTries(100, 3);
    for (int i = 0; i < 3; i++) {
      assertThat(mayTry("user" + i + "@maquette.example", "2001:db8:1:2::" + i)).isTrue();
    }
    assertThat(mayTry("another@maquette.example", "2001:db8:1:2:ffff::1"))
        .as("the same customer's network")
        .isFalse();
    assertThat(mayTry("another@maquette.example", "2001:db8:1:3::1")).isTrue();
  }

  @Test
  void a_sign_in_clears_the_failed_attempts() throws Exception {
    limitTries(3, 100);
    mayTry("maker@maquette.example", "192.0.2.1");
    mayTry("maker@maquette.example", "192.0.2.1");
    Attempt right = begin("maker@maquette.example", "192.0.2.1");
    database().run(desk -> desk.attempts().succeeded(right));
    for (int i = 0; i < 3; i++) {
      assertThat(mayTry("maker@maquette.example", "192.0.2.1")).isTrue();
    }
  }

  @Test
  void concurrent_sign_ins_get_no_more_attempts_than_sequential_ones() throws Exception {
    limitTries(3, 100);
    List<Callable<Boolean>> tries = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tries.add(() -> mayTry("maker@maquette.example", "192.0.2.1"));
    }
    assertThat(atOnce(tries)).doesNotContainNull().filteredOn(free -> free).hasSizeLessThan(4);
  }

  @Test
  void expired_sign_in_attempts_are_deleted() throws Exception {
    begin("maker@maquette.example", "192.0.2.1");
    assertThat(forgetAttempts()).isZero();
    database().pass(Duration.ofMinutes(15));
    assertThat(forgetAttempts()).isEqualTo(2);
  }

  // Audit

  @Test
  void every_operator_action_is_audited_with_reason_and_both_states() throws Exception {
    Account user = user();
    database().run(desk -> desk.accounts().limit(user.id(), 5, null, OPERATOR, "asked for"));
    AuditEntry entry = audit().get(0);
    assertThat(entry.operator()).isEqualTo("op@maquette.example");
    assertThat(entry.accountId()).isEqualTo("op");
    assertThat(entry.address()).isEqualTo("192.0.2.7");
    assertThat(entry.node()).isEqualTo("node-1");
    assertThat(entry.action()).isEqualTo("CHANGE_LIMITS");
    assertThat(entry.subject()).isEqualTo("account:" + user.id());
    assertThat(entry.reason()).isEqualTo("asked for");
    assertThat(entry.before()).contains("\"waitingLimit\":null");
    assertThat(entry.after()).contains("\"waitingLimit\":5");
    assertThat(entry.at()).isEqualTo(database().now());
    assertThat(audit().toString() + entry.before() + entry.after()).doesNotContain(HASH);
  }

  @Test
  void the_audit_is_read_page_by_page_and_filtered() throws Exception {
    for (int i = 0; i < 5; i++) {
      int number = i;
      database()
          .run(desk -> desk.audit().write(OPERATOR, "DO", "task:" + number, "why", null, number));
    }
    List<AuditEntry> page = audit(new Audit.Filter(null, "op", "DO"), 2, null);
    assertThat(page).extracting(AuditEntry::subject).containsExactly("task:4", "task:3", "task:2");
    Long before = page.get(1).id();
    assertThat(audit(new Audit.Filter(null, null, null), 9, before))
        .extracting(AuditEntry::subject)
        .containsExactly("task:2", "task:1", "task:0");
    assertThat(audit(new Audit.Filter("task:3", null, null), 9, null)).hasSize(1);
    assertThat(audit(new Audit.Filter(null, "nobody", null), 9, null)).isEmpty();
  }
}
