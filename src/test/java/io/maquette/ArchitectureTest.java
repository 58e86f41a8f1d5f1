package io.maquette;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.maquette.json.GuardedJson;
import io.maquette.provider.Named;
import io.maquette.provider.Provider;
import io.maquette.provider.http.ErrorAnswers;
import io.maquette.storage.DiskStore;
import jakarta.decorator.Decorator;
import jakarta.ejb.Stateless;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.spi.JsonbProvider;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParserFactory;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;

/**
 * Dependency rules of the packages. The layers, from top to bottom: admin, batch and webhook;
 * monitoring, push and files; worker; task; provider and studio; mesh, picture and storage; the
 * technical packages.
 */
@AnalyzeClasses(packages = "io.maquette", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] TECHNICAL = {
    "io.maquette.config..",
    "io.maquette.cluster..",
    "io.maquette.concurrent..",
    "io.maquette.http..",
    "io.maquette.json..",
    "io.maquette.persistence..",
    "io.maquette.telemetry.."
  };

  private static final String[] FEATURES = {
    "io.maquette.admin..",
    "io.maquette.batch..",
    "io.maquette.files..",
    "io.maquette.mesh..",
    "io.maquette.monitoring..",
    "io.maquette.picture..",
    "io.maquette.provider..",
    "io.maquette.push..",
    "io.maquette.security..",
    "io.maquette.storage..",
    "io.maquette.studio..",
    "io.maquette.task..",
    "io.maquette.webhook..",
    "io.maquette.worker.."
  };

  @ArchTest static final ArchTests PICTURE_ON_THE_PAGE = ArchTests.in(ArchitecturePicture.class);

  @ArchTest
  static final ArchRule TECHNICAL_PACKAGES_USE_NO_FEATURE =
      noClasses()
          .that()
          .resideInAnyPackage(TECHNICAL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(FEATURES)
          .because("every feature is built on them");

  @ArchTest
  static final ArchRule PROVIDERS_USE_NO_TASKS =
      noClasses()
          .that()
          .resideInAnyPackage("io.maquette.provider..", "io.maquette.studio..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..", "io.maquette.worker..", "io.maquette.security..")
          .because("a provider can be replaced without a change to tasks or workers");

  @ArchTest
  static final ArchRule STORAGE_USES_NO_TASKS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.maquette.storage..", "io.maquette.picture..", "io.maquette.mesh..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..",
              "io.maquette.worker..",
              "io.maquette.provider..",
              "io.maquette.security..")
          .because("files have no owner");

  @ArchTest
  static final ArchRule ONLY_THE_S3_STORE_KNOWS_ITS_CLIENT =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.maquette\\.storage\\.S3.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because("where files are in a folder, none of it is to be loaded");

  @ArchTest
  static final ArchRule TASKS_USE_NEITHER_WORKERS_NOR_PROVIDERS =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.maquette.task",
              "io.maquette.task.queue",
              "io.maquette.task.submission",
              "io.maquette.task.wait")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task.web..",
              "io.maquette.push..",
              "io.maquette.worker..",
              "io.maquette.provider..",
              "io.maquette.storage..",
              "io.maquette.security..")
          .because("workers and resources call the task's services, never the other way round");

  @ArchTest
  static final ArchRule ACCOUNTS_USE_NO_TASKS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.security..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..",
              "io.maquette.worker..",
              "io.maquette.provider..",
              "io.maquette.storage..",
              "io.maquette.admin..")
          .because("the identity of a user does not depend on their tasks");

  @ArchTest
  static final ArchRule WORKERS_USE_NO_WEB =
      noClasses()
          .that()
          .resideInAnyPackage("io.maquette.worker", "io.maquette.worker.control")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.maquette.task.web..", "jakarta.ws.rs..", "jakarta.servlet..")
          .because("a task continues without any client");

  @ArchTest
  static final ArchRule THE_EVENT_FEED_READS_HISTORY_ALONE =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.push")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.push.web..",
              "io.maquette.task.web..",
              "io.maquette.worker..",
              "io.maquette.provider..",
              "io.maquette.storage..",
              "io.maquette.security..")
          .because("the history is the only source of events, on every node");

  @ArchTest
  static final ArchRule JOBS_USE_NEITHER_WEB_NOR_WORKERS =
      noClasses()
          .that()
          .resideInAnyPackage("io.maquette.batch", "io.maquette.batch.steps")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.batch.web..",
              "io.maquette.task.web..",
              "io.maquette.worker..",
              "io.maquette.security..",
              "io.maquette.admin..",
              "jakarta.ws.rs..",
              "jakarta.servlet..")
          .because("a job runs in the batch runtime, independent of its caller and the workers");

  @ArchTest
  static final ArchRule ONLY_OPERATORS_USE_JOBS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maquette.batch..", "io.maquette.admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.batch..")
          .because("the product works without batch jobs");

  @ArchTest
  static final ArchRule NOTHING_USES_ADMIN =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maquette.admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.admin..")
          .because("tasks run without operators");

  @ArchTest
  static final ArchRule TASKS_DO_NOT_KNOW_WEBHOOKS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.maquette.webhook..", "io.maquette.monitoring..", "io.maquette.admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.webhook..")
          .because("webhooks read the history; a change of a task does not call them");

  @ArchTest
  static final ArchRule TASKS_DO_NOT_KNOW_MONITORING =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.maquette.monitoring..", "io.maquette.admin..", "io.maquette.batch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.monitoring..")
          .because("measured code does not depend on its measurement");

  @ArchTest
  static final ArchRule ONLY_TELEMETRY_USES_TRACING_LIBRARIES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maquette.telemetry")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..", "co.elastic..")
          .because("one place decides what traces and logs contain, and keeps secrets out");

  @ArchTest
  static final ArchRule ONLY_BATCH_SERVICES_USE_JPA =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.batch..")
          .and()
          .areNotAnnotatedWith(Stateless.class)
          .and()
          .areNotAnnotatedWith(Entity.class) // which are woven
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class)
          .because("a chunk runs in the server's transaction, our rows in one of our own");

  @ArchTest
  static final ArchRule FEATURES_HAVE_NO_CYCLES =
      slices()
          .matching("io.maquette.(*)..")
          .should()
          .beFreeOfCycles()
          .because("a feature can be read and changed without those above it");

  @ArchTest
  static final ArchRule PACKAGES_HAVE_NO_CYCLES =
      slices()
          .matching("io.maquette.(**)")
          .should()
          .beFreeOfCycles()
          .because("a reader can start with the lowest package and go up");

  @ArchTest
  static final ArchRule ONLY_THE_OWNERS_OF_ROWS_USE_JPA =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.maquette.task",
              "io.maquette.task.queue",
              "io.maquette.task.submission",
              "io.maquette.admin",
              "io.maquette.batch",
              "io.maquette.files",
              "io.maquette.monitoring",
              "io.maquette.persistence",
              "io.maquette.push",
              "io.maquette.security",
              "io.maquette.webhook")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class)
          .because("transactions and the check of the owner belong to a feature's services");

  @ArchTest
  static final ArchRule PROVIDERS_HAVE_NAMES =
      classes()
          .that()
          .implement(Provider.class)
          .and()
          .areNotInterfaces()
          .and()
          .areNotAnnotatedWith(Decorator.class) // which stand before all of them
          .should()
          .beAnnotatedWith(Named.class)
          .because("the settings choose them by it");

  @ArchTest
  static final ArchRule JSON_IS_READ_THROUGH_A_GUARD =
      noClasses()
          .that()
          .doNotBelongToAnyOf(GuardedJson.class)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              JsonbBuilder.class,
              JsonProvider.class,
              JsonbProvider.class,
              JsonReader.class,
              JsonReaderFactory.class,
              JsonParserFactory.class)
          .orShould()
          .callMethodWhere(
              describe(
                  "creates a parser",
                  call ->
                      call.getTargetOwner().isEquivalentTo(Json.class)
                          && call.getName().matches("create(Reader|Parser)(Factory)?")))
          .because(
              "on a text that is cut off, Parsson's skipping and JSON-B with it spin for ever;"
                  + " GuardedJson ends that");

  @ArchTest
  static final ArchRule HEADERS_ARE_PARAMETERS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(ClientHeaderParam.class, RegisterClientHeaders.class)
          .because(
              "RESTEasy keeps what these are at in a static map, and the application with it, for"
                  + " as long as the server runs");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_THE_DATABASE =
      noClasses()
          .that()
          .doNotBelongToAnyOf(DiskStore.class, ErrorAnswers.class)
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(LocalDate.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callConstructor(Date.class)
          .because(
              "a machine's clock may jump and differ from the others'; only the ages of files on"
                  + " this machine, and dates that others send us now, go by it");

  @ArchTest
  static final ArchRule NAMES_SAY_WHAT_A_CLASS_DOES =
      noClasses()
          .should()
          .haveSimpleNameEndingWith("Impl")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Util")
          .orShould()
          .haveSimpleNameEndingWith("Utils")
          .because("such suffixes carry no meaning");

  @ArchTest
  static final ArchRule TRANSACTIONS_BEGIN_IN_FEATURE_SERVICES =
      classes()
          .that()
          .areAnnotatedWith(Stateless.class)
          .should()
          .resideInAnyPackage(
              "io.maquette.task",
              "io.maquette.task.queue",
              "io.maquette.task.submission",
              "io.maquette.admin",
              "io.maquette.batch",
              "io.maquette.files",
              "io.maquette.monitoring",
              "io.maquette.push",
              "io.maquette.security",
              "io.maquette.webhook")
          .because("resources, workers and pages call services, and open no transactions");

  @ArchTest
  static final ArchRule WHAT_EJBS_HAND_OVER_IS_PUBLIC =
      methods()
          .that()
          .areDeclaredInClassesThat()
          .areAnnotatedWith(Stateless.class)
          .and()
          .arePublic()
          .should(takeAndReturnWhatIsPublic())
          .because("Payara's proxies are in no package of ours, and fail where they are called");

  private static ArchCondition<JavaMethod> takeAndReturnWhatIsPublic() {
    return new ArchCondition<>("take and return what is public") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
            .map(type -> type.getBaseComponentType())
            .filter(
                type -> !type.isPrimitive() && !type.getModifiers().contains(JavaModifier.PUBLIC))
            .forEach(
                type ->
                    events.add(
                        SimpleConditionEvent.violated(
                            method, method.getFullName() + " has " + type.getName())));
      }
    };
  }
}
