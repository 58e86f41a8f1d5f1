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

/** Accounts, and what is done to them; whatever an operator does is audited with it. */
@Stateless
public class Accounts {

  /** The most accounts any listing returns, beside one more that tells there are more. */
  public static final int MAX_LIMIT = 100;

  /** Reason in the audit of {@link #ensureOperator}, which no operator gives. */
  public static final String NO_OPERATOR = "there was no operator";

  /** What an account looks like in the audit. */
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

  /** For the container. */
  public Accounts() {}

  Accounts(EntityManager entities, Audit audit, Clock clock) {
    this.entities = entities;
    this.audit = audit;
    this.clock = clock;
  }

  /** As e-mails are compared. */
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
   * The names of accounts, by their ids; an id of none is absent.
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
   * @throws NotThereException if there is none with this id
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
   * @param text part of the name, any case; null for all
   * @param limit 1 to {@link #MAX_LIMIT}
   * @param after id of the account behind which the page begins; null for the first page
   * @return one more than the limit where there are more
   * @throws NotThereException if there is no account {@code after}
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
   * Makes an account for somebody who signs in here.
   *
   * @throws EmailTakenException if there is one with this e-mail
   * @throws jakarta.persistence.PersistenceException if another call makes one at this very moment;
   *     calling again then finds it
   */
  public Account create(String email, Role role, String passwordHash, Operator by, String reason) {
    if (findByEmail(email).isPresent()) {
      throw new EmailTakenException(email);
    }
    Account account = Account.local(normalised(email), role, passwordHash, clock.instant());
    entities.persist(account);
    entities.flush();
    audit.write(by, "CREATE_USER", subject(account), reason, null, State.of(account));
    return account;
  }

  /**
   * Finds the account of somebody an outside issuer vouches for, or makes it.
   *
   * @param subject issuer and subject, at most 400 characters
   * @throws jakarta.persistence.PersistenceException if another call makes it at this very moment;
   *     calling again then finds it
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
   * Gives somebody another role.
   *
   * @throws LastOperatorException if no operator would be left
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
   * Lets somebody in no more; whoever is signed in as them is signed out.
   *
   * @throws LastOperatorException if no operator would be left
   */
  public Account disable(String id, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    checkNotTheLastOperator(account);
    account.disable(clock.instant());
    endSessions(account, null);
    return changed(account, "DISABLE_USER", before, by, reason);
  }

  /** Lets somebody in again. */
  public Account enable(String id, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    account.enable();
    return changed(account, "ENABLE_USER", before, by, reason);
  }

  /** Sets somebody's limits; null for what the settings say. */
  public Account limit(String id, Integer waiting, Integer daily, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    account.limit(waiting, daily);
    return changed(account, "CHANGE_LIMITS", before, by, reason);
  }

  /**
   * Gives somebody another password; whoever is signed in as them is signed out.
   *
   * @throws ExternalAccountException if there is none to give
   */
  public Account resetPassword(String id, String passwordHash, Operator by, String reason) {
    Account account = lock(id);
    State before = State.of(account);
    setPassword(account, passwordHash, null);
    return changed(account, "RESET_PASSWORD", before, by, reason);
  }

  /**
   * Somebody changes their own password; their other sessions end.
   *
   * @param session what the cookie of the one that goes on says
   */
  public void changePassword(String id, String passwordHash, String session) {
    setPassword(lock(id), passwordHash, Secrets.digest(session));
  }

  /** The same password, hashed as it is today. */
  public void rehash(String id, String passwordHash) {
    lock(id).passwordHash(passwordHash);
  }

  /**
   * Sees to it that somebody can look after everything.
   *
   * @param email of the account that is made, or made an operator, if there is none
   * @return whether it had to be
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

  /** Whether there is somebody who can look after everything. */
  public boolean hasOperator() {
    return !operators(LockModeType.NONE).isEmpty();
  }

  private void setPassword(Account account, String passwordHash, String sessionToKeep) {
    if (!account.isLocal()) {
      throw new ExternalAccountException(account.id());
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

  /** All of them are locked, in order: of two that leave at once, the second one stays. */
  private void checkNotTheLastOperator(Account account) {
    List<Account> operators = operators(LockModeType.PESSIMISTIC_WRITE);
    if (operators.size() == 1 && operators.get(0).id().equals(account.id())) {
      throw new LastOperatorException(account.id());
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
