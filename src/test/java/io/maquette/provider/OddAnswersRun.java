package io.maquette.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.maquette.it.simulator.OddAnswers;
import io.maquette.it.simulator.OddAnswers.Odd;
import io.maquette.it.simulator.Simulator;
import io.maquette.it.simulator.Simulator.Answer;
import io.maquette.it.simulator.Simulator.Received;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * Run of a provider through all odd answers to one kind of call. Each call ends soon, with a result
 * or a problem that names its cause. At most one submission is accepted and paid for, and no thread
 * or memory leaks. A summary is in {@code target/odd-answers}.
 */
public final class OddAnswersRun {

  private static final long SOON_SECONDS = 20;
  private static final long MAX_MORE_HEAP = 100L << 20;

  /** Call to the provider. */
  @FunctionalInterface
  public interface Call {
    /**
     * Makes the call.
     *
     * @param isPatient whether it has the usual time limit instead of a short one
     */
    void make(boolean isPatient) throws Exception;
  }

  private final String name;
  private final Simulator simulator;
  private final Predicate<Received> kind;
  private final Predicate<Received> submissions;
  private final IntSupplier accepted;
  private final Map<Problem, Integer> problems = new EnumMap<>(Problem.class);
  private boolean readsAllEncodings = true;
  private int maxSent = 1;
  private int charges;
  private int tried;
  private int results;

  /**
   * Creates a run.
   *
   * @param name of provider and call
   * @param kind of the requests with odd answers
   * @param submissions requests that are paid for
   * @param accepted number of accepted submissions
   */
  public OddAnswersRun(
      String name,
      Simulator simulator,
      Predicate<Received> kind,
      Predicate<Received> submissions,
      IntSupplier accepted) {
    this.name = name;
    this.simulator = simulator;
    this.kind = kind;
    this.submissions = submissions;
    this.accepted = accepted;
  }

  /** Omits encodings other than UTF-8, for answers that are read as a stream of bytes. */
  public OddAnswersRun inUtf8Only() {
    readsAllEncodings = false;
    return this;
  }

  /** Allows one repetition of a refused request in a simpler form. */
  public OddAnswersRun thatIsSentAgainIfRefused() {
    maxSent = 3;
    return this;
  }

  /** Tries all odd answers, and then a usual one. */
  public void of(Call call) throws Exception {
    AtomicReference<Answer> sample = new AtomicReference<>();
    simulator.always(
        kind,
        (exchange, usual) -> {
          Answer answer = usual.answer();
          sample.set(answer);
          Simulator.instead(answer).strike(exchange, usual);
        });
    call.make(true);
    simulator.recover();
    List<Odd> all =
        OddAnswers.of(sample.get()).stream()
            .filter(odd -> readsAllEncodings || !odd.name().startsWith("UTF-16"))
            .toList();
    long heap = heap();
    int threads = Thread.activeCount();
    ExecutorService caller = Executors.newSingleThreadExecutor();
    try {
      for (Odd odd : all) {
        check(odd, call, caller);
      }
      call.make(true); // the provider has recovered
    } finally {
      caller.shutdownNow();
    }
    assertThat(caller.awaitTermination(SOON_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertNoneSpins();
    long more = heap() - heap;
    assertThat(more).as("heap that is not given back").isLessThan(MAX_MORE_HEAP);
    summarise(threads, more);
  }

  private void check(Odd odd, Call call, ExecutorService caller) throws Exception {
    int paid = accepted.getAsInt();
    int sent = simulator.received(submissions).size();
    simulator.next(kind, odd.fault());
    Future<?> made =
        caller.submit(
            () -> {
              call.make(odd.isHarmless());
              return null;
            });
    tried++;
    try {
      made.get(SOON_SECONDS, TimeUnit.SECONDS);
      results++;
    } catch (TimeoutException e) {
      fail(name + ": the call does not end after " + odd.name());
    } catch (ExecutionException e) {
      assertThat(e.getCause()).as(name + ": " + odd.name()).isInstanceOf(ProviderException.class);
      ProviderException problem = (ProviderException) e.getCause();
      assertThat(odd.isHarmless())
          .as("%s: %s is understood, but %s, %s", name, odd.name(), problem.problem(), problem)
          .isFalse();
      assertThat(problem.getMessage())
          .as(name + ": " + odd.name())
          .isNotBlank()
          .hasSizeLessThanOrEqualTo(400)
          .doesNotContain("null");
      problems.merge(problem.problem(), 1, Integer::sum);
    }
    simulator.recover();
    charges += accepted.getAsInt() - paid;
    assertThat(simulator.received(submissions).size() - sent)
        .as("submissions sent at " + odd.name())
        .isLessThanOrEqualTo(maxSent);
    assertThat(accepted.getAsInt() - paid)
        .as("submissions paid for at " + odd.name())
        .isLessThanOrEqualTo(1);
  }

  private static void assertNoneSpins() {
    assertThat(Thread.getAllStackTraces().values())
        .noneSatisfy(
            frames ->
                assertThat(frames)
                    .extracting(StackTraceElement::getClassName)
                    .anyMatch(
                        type ->
                            type.startsWith("org.eclipse.parsson")
                                || type.startsWith("org.eclipse.yasson")
                                || type.startsWith("io.maquette.provider.http")));
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private void summarise(int threadsBefore, long moreHeap) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "odd-answers"));
    Files.writeString(
        folder.resolve(name.replaceAll("[^A-Za-z0-9]+", "-") + ".txt"),
        "%s: %d odd answers, %d results, problems %s, %d charges, threads %d before and %d after, heap %+d KiB%n"
            .formatted(
                name,
                tried,
                results,
                problems,
                charges,
                threadsBefore,
                Thread.activeCount(),
                moreHeap >> 10));
  }
}
