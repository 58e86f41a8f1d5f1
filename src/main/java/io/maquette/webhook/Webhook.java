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
 * Webhook: an address that receives notifications about changes of tasks. While its receiver fails,
 * one delivery at a time is tried. After a long failure the webhook is suspended: its deliveries
 * wait until its owner or an operator resumes it.
 */
@Entity
@Table(name = "webhook")
public class Webhook {

  /** Period after a rotation in which the previous secret also signs. */
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
   * Parses names of events in lower case, separated by spaces.
   *
   * @throws IllegalArgumentException if the text has no name, an unknown one, or one twice
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

  /** Returns whether the webhook receives an event. */
  boolean isFor(TaskEvent event) {
    return (owner == null || owner.equals(event.owner()))
        && !event.at().isBefore(createdAt)
        && Arrays.asList(events.split(" ", -1)).contains(nameOf(event.type()));
  }

  /** Rotates the secret; the previous one also signs for a day. */
  void rotate(Instant now) {
    oldSecret = secret;
    oldSecretUntil = now.plus(CHANGE_OVER).truncatedTo(ChronoUnit.MICROS);
    secret = SigningSecret.random().text();
  }

  /** Returns the secrets that sign now, the present one first. */
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
   * Records a failed attempt.
   *
   * @param quiet time before which nothing is sent
   * @param suspendAfter duration of failure after which the webhook is suspended
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

  /** Blocks other deliveries until the trial attempt ends, or until the given time. */
  void onTrial(Instant until) {
    quietUntil = until.truncatedTo(ChronoUnit.MICROS);
  }

  public UUID id() {
    return id;
  }

  /** Returns the owner, whose tasks the webhook covers; null for the tasks of all users. */
  public String owner() {
    return owner;
  }

  public String url() {
    return url;
  }

  /** Returns the names of the events in lower case, separated by spaces. */
  public String events() {
    return events;
  }

  /** Returns the present secret, which is shown only when it is created or rotated. */
  String secret() {
    return secret;
  }

  /** Returns until when the previous secret also signs; null if there is none. */
  public Instant oldSecretUntil() {
    return oldSecretUntil;
  }

  public Instant createdAt() {
    return createdAt;
  }

  /** Returns since when every attempt has failed; null if the last one succeeded. */
  public Instant failingSince() {
    return failingSince;
  }

  int failures() {
    return failures;
  }

  Instant quietUntil() {
    return quietUntil;
  }

  /** Returns when the webhook was suspended; null if it is active. */
  public Instant suspendedAt() {
    return suspendedAt;
  }

  /** Returns the reason of the suspension; null if the webhook is active. */
  public String suspendedWhy() {
    return suspendedWhy;
  }
}
