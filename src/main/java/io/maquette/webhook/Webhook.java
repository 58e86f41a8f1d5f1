package io.maquette.webhook;

import io.maquette.task.TaskEvent;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Where somebody wants to be told of changes. While its receiver fails it is tried with one
 * delivery at a time; when that has gone on for long, it is suspended, and what is to be delivered
 * waits until somebody resumes it.
 */
@Entity
@Table(name = "webhook")
public class Webhook {

  /** How long the secret before also signs after a change. */
  static final Duration CHANGE_OVER = Duration.ofDays(1);

  @Id private UUID id;
  private String owner;
  private String url;
  private String events;
  private String secret;

  @Column(name = "old_secret")
  private String oldSecret;

  @Column(name = "old_secret_until")
  private Instant oldSecretUntil;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "failing_since")
  private Instant failingSince;

  private int failures;

  @Column(name = "quiet_until")
  private Instant quietUntil;

  @Column(name = "suspended_at")
  private Instant suspendedAt;

  @Column(name = "suspended_why")
  private String suspendedWhy;

  @Version private long version;

  /** Required by JPA. */
  protected Webhook() {}

  Webhook(String owner, String url, Set<TaskEvent.Type> events, Instant now) {
    this.id = UUID.randomUUID();
    this.owner = owner;
    this.url = url;
    this.events = write(events);
    this.secret = SigningSecret.random().text();
    this.createdAt = now.truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Reads names of events with spaces between them, in lower case.
   *
   * @throws IllegalArgumentException if there is none, or one that is not known or there twice
   */
  public static Set<TaskEvent.Type> readEvents(String text) {
    String[] names = text.split(" ", -1);
    Set<TaskEvent.Type> types = EnumSet.noneOf(TaskEvent.Type.class);
    for (String name : names) {
      types.add(
          Arrays.stream(TaskEvent.Type.values())
              .filter(type -> nameOf(type).equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("no event: " + name)));
    }
    if (types.size() < names.length) {
      throw new IllegalArgumentException("twice");
    }
    return types;
  }

  private static String write(Set<TaskEvent.Type> types) {
    return types.stream().sorted().map(Webhook::nameOf).collect(Collectors.joining(" "));
  }

  static String nameOf(TaskEvent.Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is to be told of a change. */
  boolean isFor(TaskEvent event) {
    return (owner == null || owner.equals(event.owner()))
        && !event.at().isBefore(createdAt)
        && Arrays.asList(events.split(" ", -1)).contains(nameOf(event.type()));
  }

  /** Changes the secret; the one before signs as well for a day. */
  void rotate(Instant now) {
    oldSecret = secret;
    oldSecretUntil = now.plus(CHANGE_OVER).truncatedTo(ChronoUnit.MICROS);
    secret = SigningSecret.random().text();
  }

  /** What signs now, the present one first. */
  List<SigningSecret> secrets(Instant now) {
    List<SigningSecret> secrets = new ArrayList<>(List.of(new SigningSecret(secret)));
    if (oldSecret != null && now.isBefore(oldSecretUntil)) {
      secrets.add(new SigningSecret(oldSecret));
    }
    return secrets;
  }

  void accepted() {
    failingSince = null;
    failures = 0;
    quietUntil = null;
  }

  /**
   * Something was not accepted.
   *
   * @param quiet nothing is sent before this
   * @param suspendAfter it is suspended when it has failed for so long
   */
  void failed(Instant now, Instant quiet, Duration suspendAfter) {
    failures++;
    if (failingSince == null) {
      failingSince = now.truncatedTo(ChronoUnit.MICROS);
    }
    quietUntil = quiet.truncatedTo(ChronoUnit.MICROS);
    if (!now.isBefore(failingSince.plus(suspendAfter))) {
      suspend("nothing was accepted for " + suspendAfter, now);
    }
  }

  void suspend(String why, Instant now) {
    if (suspendedAt == null) {
      suspendedAt = now.truncatedTo(ChronoUnit.MICROS);
      suspendedWhy = why;
    }
  }

  void resume() {
    suspendedAt = null;
    suspendedWhy = null;
    accepted();
  }

  /** One delivery is being tried, alone, until then at the latest. */
  void onTrial(Instant until) {
    quietUntil = until.truncatedTo(ChronoUnit.MICROS);
  }

  public UUID id() {
    return id;
  }

  /** Whose tasks it is told of; null for everybody's. */
  public String owner() {
    return owner;
  }

  public String url() {
    return url;
  }

  /** What it is told of, in lower case with spaces between. */
  public String events() {
    return events;
  }

  /** What signs; told when it is made or changed, and never again. */
  String secret() {
    return secret;
  }

  /** Until when the secret before signs as well; null if none does. */
  public Instant oldSecretUntil() {
    return oldSecretUntil;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Since when nothing was accepted; null while all is well. */
  public Instant failingSince() {
    return failingSince;
  }

  int failures() {
    return failures;
  }

  Instant quietUntil() {
    return quietUntil;
  }

  /** Since when nothing is sent; null unless it is suspended. */
  public Instant suspendedAt() {
    return suspendedAt;
  }

  /** Why; null unless it is suspended. */
  public String suspendedWhy() {
    return suspendedWhy;
  }
}
