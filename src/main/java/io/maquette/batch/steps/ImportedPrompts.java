package io.maquette.batch.steps;

import io.maquette.batch.BatchRunService;
import io.maquette.batch.BatchStep;
import io.maquette.batch.BatchTaskService;
import io.maquette.batch.ImportOrder;
import io.maquette.batch.ItemResult;
import io.maquette.batch.JobFailedException;
import io.maquette.batch.LocalRun;
import io.maquette.batch.PromptFile;
import io.maquette.batch.PromptFile.Entry;
import io.maquette.config.Setting;
import io.maquette.config.Settings;
import io.maquette.provider.Providers;
import io.maquette.provider.UnsupportedOption;
import io.maquette.task.TaskQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Batch step that creates one task per line of a prompt file. */
@ApplicationScoped
@Named("prompts")
public class ImportedPrompts implements BatchStep<Entry> {

  /** Number of lines between two checks of the queue's limit. */
  private static final int ROOM_CHECK = 100;

  private BatchRunService runs;
  private BatchTaskService tasks;
  private TaskQueries queries;
  private Providers providers;
  private Settings settings;

  /** Required by CDI. */
  protected ImportedPrompts() {}

  @Inject
  public ImportedPrompts(
      BatchRunService runs,
      BatchTaskService tasks,
      TaskQueries queries,
      Providers providers,
      Settings settings) {
    this.runs = runs;
    this.tasks = tasks;
    this.queries = queries;
    this.providers = providers;
    this.settings = settings;
  }

  private PromptFile fileOf(LocalRun run) {
    return new PromptFile(ImportOrder.format(run.parameters()), runs.input(run.id()));
  }

  @Override
  public OptionalLong count(LocalRun run) {
    return OptionalLong.of(fileOf(run).count());
  }

  @Override
  public Iterator<Entry> items(LocalRun run, String after) {
    Iterator<Entry> lines = fileOf(run).entries(after == null ? 0 : Long.parseLong(after));
    return new Iterator<>() {
      private int taken;

      @Override
      public boolean hasNext() {
        return lines.hasNext();
      }

      @Override
      public Entry next() {
        if (taken++ % ROOM_CHECK == 0) {
          checkRoomInQueue();
        }
        return lines.next();
      }
    };
  }

  /** Checks the limit of waiting tasks of all users, which also applies to operators. */
  private void checkRoomInQueue() {
    int limit = settings.get(Setting.QUEUE_LIMIT);
    long waiting =
        queries.queues().entrySet().stream()
            .filter(queue -> queue.getKey().isPending())
            .mapToLong(queue -> queue.getValue().depth())
            .sum();
    if (waiting >= limit) {
      throw new JobFailedException(
          waiting + " tasks are waiting; restart the run when the queue has capacity");
    }
  }

  @Override
  public String positionOf(Entry entry) {
    return Long.toString(entry.number());
  }

  @Override
  public Supplier<ItemResult> process(LocalRun run, Entry entry) {
    if (entry.problem() != null) {
      return () -> ItemResult.skipped(entry.number(), "BAD_LINE", entry.problem());
    }
    List<UnsupportedOption> unsupported =
        providers.images().capabilities().unsupported(entry.options());
    if (!unsupported.isEmpty()) {
      String names =
          unsupported.stream().map(UnsupportedOption::name).collect(Collectors.joining(", "));
      return () -> ItemResult.skipped(entry.number(), "OPTION_NOT_SUPPORTED", names);
    }
    return () -> {
      tasks.create(
          ImportOrder.owner(run.parameters()), entry.prompt(), entry.options(), run.actor());
      return ItemResult.WRITTEN;
    };
  }
}
