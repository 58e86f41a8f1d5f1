package io.maquette.security;

import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Transactional service for accounts; it audits every change by an operator. */
@Stateless
public class Accounts {

  /** Maximum page size. A listing returns one more entry where further entries exist. */
  public static final int MAX_LIMIT = 100;

  /** Audit reason of {@link #ensureOperator}, which runs without an operator. */
  public static final String NO_OPERATOR = "there was no operator";

  /** State of an account in the audit. */
  public record State(
      String name, Role role, boolean disabled, Integer waitingLimit, Integer dailyLimit) {
    static State of(Account account) {
      return new State(
          account.name(),
          account.role(),
          account.isDisabled(),
          account.waitingLimit(),
          account.dailyLimit());
    }
  }

  @PersistenceContext private EntityManager entities;
  @Inject private Audit audit;
  @Inject private Clock clock;

  /** Required by the container. */
  public Accounts() {}

  Accounts(EntityManager entities, Audit audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /** Returns the form in which e-mails are stored and compared: stripped, in lower case. */
  public static String normalised(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  static String subject(Account account) {
    return "account:" + account.id();
  }

  /** Finds an account by its e-mail. */
  public Optional<Account> findByEmail(String email) {
    return entities
        .createQuery("select a from Account a where a.email = :email", Account.class)
        .setParameter("email", normalised(email))
        .getResultStream()
        .findFirst();
  }

  /**
   * Returns the names of accounts by id; unknown ids are absent.
   *
   * @param ids at most {@link #MAX_LIMIT}
   */
  public Map<String, String> names(Collection<String> ids) {
    if (ids.size() > MAX_LIMIT) {
      throw new IllegalArgumentException("at most " + MAX_LIMIT + " ids: " + ids.size());
    }
    return ids.isEmpty()
        ? Map.of()
        : entities
            .createQuery("select a from Account a where a.id in :ids", Account.class)
            .setParameter("ids", ids)
            .getResultStream()
            .collect(Collectors.toMap(Account::id, Account::name));
  }

  /**
   * Finds an account.
   *
   * @throws NotThereException if no account has this id
   */
  public Account find(String id) {
    Account account = entities.find(Account.class, id);
    if (account == null) {
      throw new NotThereException("no account " + id);
    }
    return account;
  }

  /**
   * Lists accounts, newest first.
   *
   * @param text part of the name, in any case; null for all accounts
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after id of the last account of the previous page; null for the first page
   * @return one more than the limit where further accounts exist
   * @throws NotThereException if the account {@code after} does not exist
   */
  public List<Account> list(String text, int limit, String after) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT + ": " + limit);
    }
    StringBuilder jpql = new StringBuilder("select a from Account a where 1 = 1");
    if (text != null) {
      jpql.append(" and (lower(a.email) like :text escape '!'");
      jpql.append(" or lower(a.subject) like :text escape '!')");
    }
    if (after != null) {
      jpql.append(" and a.createdAt <= :at and (a.createdAt < :at or a.id < :id)");
    }
    TypedQuery<Account> query =
        entities
            .createQuery(
                jpql.append(" order by a.createdAt desc, a.id desc").toString(), Account.class)
            .setMaxResults(limit + 1);
    if (text != null) {
      String escaped =
          text.toLowerCase(Locale.ROOT).replace("!", "!!").replace("%", "!%").replace("_", "!_");
      query.setParameter("text", "%" + escaped + "%");
    }
    if (after != null) {
      query.setParameter("at", find(after).createdAt()).setParameter("id", after);
    }
    return query.getResultList();
  }

  /**
   * Creates a local account.
   *
   * @throws AccountException.EmailTaken if an account with this e-mail exists
   * @throws jakarta.persistence.PersistenceException if a concurrent call creates the same account;
   *     a second call finds it
   */
  public Account create(String email, Role role, String passwordHash, Operator by, String reason) {
    if (findByEmail(email).isPresent()) {
      throw new AccountException.EmailTaken(email);
    }
    Account account = Account.local(normalised(email), role, passwordHash, clock.instant());
    entities.persist(account);
    entities.flush();
    audit.write(by, "CREATE_USER", subject(account), reason, null, State.of(account));
    return account;
  }

  /**
   * Finds the account of an outside issuer's subject, or creates it.
   *
   * @param subject issuer and subject, at most 400 characters
   * @throws jakarta.persistence.PersistenceException if a concurrent call creates the same account;
   *     a second call finds it
   */
  public Account outside(String subject) {
    return entities
        .createQuery("select a from Account a where a.subject = :subject", Account.class)
        .setParameter("subject", subject)
        .getResultStream()
        .findFirst()
        .orElseGet(
            () -> {
              Account account = Account.outside(subject, clock.instant());
              entities.persist(account);
              return account;
            });
  }

  /**
   * Changes the role of an account.
   *
   * @throws AccountException.LastOperator if no operator would remain
   */
  public Account changeRole(String id, Role role, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    if (role != Role.OPERATOR) {
      checkNotTheLastOperator(account);
    }
    account.becomes(role);
    return changed(account, "CHANGE_ROLE", before, by, reason);
  }

  /**
   * Disables an account and ends its sessions.
   *
   * @throws AccountException.LastOperator if no operator would remain
   */
  public Account disable(String id, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    checkNotTheLastOperator(account);
    account.disable(clock.instant());
    endSessions(account, null);
    return changed(account, "DISABLE_USER", before, by, reason);
  }

  /** Enables an account again. */
  public Account enable(String id, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    account.enable();
    return changed(account, "ENABLE_USER", before, by, reason);
  }

  /** Sets the limits of an account; null applies the limit of the settings. */
  public Account limit(String id, Integer waiting, Integer daily, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    account.limit(waiting, daily);
    return changed(account, "CHANGE_LIMITS", before, by, reason);
  }

  /**
   * Sets a new password and ends all sessions of the account.
   *
   * @throws AccountException.External if the account is external and has no password
   */
  public Account resetPassword(String id, String passwordHash, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    setPassword(account, passwordHash, null);
    return changed(account, "RESET_PASSWORD", before, by, reason);
  }

  /**
   * Changes the user's password and ends the user's other sessions.
   *
   * @param session token in the cookie of the session that remains
   */
  public void changePassword(String id, String passwordHash, String session) {
    setPassword(lock(id), passwordHash, Secrets.digest(session));
  }

  /** Stores the same password with the present hash parameters. */
  public void rehash(String id, String passwordHash) {
    lock(id).passwordHash(passwordHash);
  }

  /**
   * Ensures that the installation has an enabled operator.
   *
   * @param email of the account to create, or to promote to operator, if no operator exists
   * @return whether an account was created or promoted
   */
  public boolean ensureOperator(String email, String passwordHash) {
    if (hasOperator()) {
      return false;
    }
    Optional<Account> there = findByEmail(email);
    if (there.isEmpty()) {
      create(email, Role.OPERATOR, passwordHash, Operator.ITSELF, NO_OPERATOR);
      return true;
    }
    Account account = lock(there.get().id());
    State before = State.of(account);
    account.enable();
    account.becomes(Role.OPERATOR);
    setPassword(account, passwordHash, null);
    changed(account, "CHANGE_ROLE", before, Operator.ITSELF, NO_OPERATOR);
    return true;
  }

  /** Returns whether an enabled operator exists. */
  public boolean hasOperator() {
    return !operators(LockModeType.NONE).isEmpty();
  }

  private void setPassword(Account account, String passwordHash, String sessionToKeep) {
    if (!account.isLocal()) {
      throw new AccountException.External(account.id());
    }
    account.passwordHash(passwordHash);
    endSessions(account, sessionToKeep);
  }

  private void endSessions(Account account, String sessionToKeep) {
    entities
        .createQuery(
            "delete from AccountSession s where s.accountId = :account and s.digest <> :keep")
        .setParameter("account", account.id())
        .setParameter("keep", sessionToKeep == null ? "" : sessionToKeep)
        .executeUpdate();
  }

  private Account lock(String id) {
    Account account = entities.find(Account.class, id, LockModeType.PESSIMISTIC_WRITE);
    if (account == null) {
      throw new NotThereException("no account " + id);
    }
    return account;
  }

  /**
   * Locks all operators, in the order of their ids: of two concurrent removals the second waits and
   * then fails.
   */
  private void checkNotTheLastOperator(Account account) {
    List<Account> operators = operators(LockModeType.PESSIMISTIC_WRITE);
    if (operators.size() == 1 && operators.get(0).id().equals(account.id())) {
      throw new AccountException.LastOperator(account.id());
    }
  }

  private List<Account> operators(LockModeType lock) {
    return entities
        .createQuery(
            "select a from Account a where a.role = :role and a.disabledAt is null order by a.id",
            Account.class)
        .setParameter("role", Role.OPERATOR)
        .setLockMode(lock)
        .getResultList();
  }

  private Account changed(
      Account account, String action, State before, Operator by, String reason) {
    audit.write(by, action, subject(account), reason, before, State.of(account));
    return account;
  }
}
