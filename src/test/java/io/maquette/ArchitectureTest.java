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
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.maquette.asset.DiskStore;
import io.maquette.platform.json.GuardedJson;
import io.maquette.provider.Named;
import io.maquette.provider.Provider;
import io.maquette.provider.wire.ErrorAnswers;
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

/** The arrows run one way: web -> task &lt;- generation -> provider, asset -> platform. */
@AnalyzeClasses(packages = "io.maquette", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule PLATFORM_KNOWS_NOBODY =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.platform..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..",
              "io.maquette.generation..",
              "io.maquette.provider..",
              "io.maquette.asset..",
              "io.maquette.access..")
          .because("everything stands on the platform");

  @ArchTest
  static final ArchRule PROVIDERS_KNOW_NOTHING_OF_TASKS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.provider..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..", "io.maquette.generation..", "io.maquette.access..")
          .because("a provider is exchanged without touching what it is used for");

  @ArchTest
  static final ArchRule ASSETS_KNOW_NOTHING_OF_TASKS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.asset..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..",
              "io.maquette.generation..",
              "io.maquette.provider..",
              "io.maquette.access..")
          .because("a store keeps files, whoever they belong to");

  @ArchTest
  static final ArchRule ONLY_THE_S3_STORE_KNOWS_ITS_CLIENT =
      noClasses()
          .that()
          .haveNameNotMatching("io\\.maquette\\.asset\\.S3.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("software.amazon.awssdk..")
          .because("where files are in a folder, none of it is to be loaded");

  @ArchTest
  static final ArchRule THE_HEART_KNOWS_NEITHER_WORKERS_NOR_PROVIDERS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.task")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task.web..",
              "io.maquette.push..",
              "io.maquette.generation..",
              "io.maquette.provider..",
              "io.maquette.asset..",
              "io.maquette.access..")
          .because("workers and pages come to the task, never the other way round");

  @ArchTest
  static final ArchRule ACCESS_KNOWS_NOTHING_OF_TASKS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.access..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task..",
              "io.maquette.generation..",
              "io.maquette.provider..",
              "io.maquette.asset..",
              "io.maquette.console..")
          .because("who somebody is does not depend on what they have");

  @ArchTest
  static final ArchRule WORKERS_KNOW_NOTHING_OF_THE_WEB =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.generation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.maquette.task.web..", "jakarta.ws.rs..", "jakarta.servlet..")
          .because("a task goes on whether or not anybody looks");

  @ArchTest
  static final ArchRule PUSH_READS_THE_LOG_AND_NOTHING_ELSE =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.push..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.task.web..",
              "io.maquette.generation..",
              "io.maquette.provider..",
              "io.maquette.asset..",
              "io.maquette.access..")
          .because(
              "what is told follows from the history alone, whoever made it and whoever hears");

  @ArchTest
  static final ArchRule JOBS_KNOW_WHAT_THEY_MAINTAIN =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.maintenance")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.maquette.maintenance.web..",
              "io.maquette.task.web..",
              "io.maquette.generation..",
              "io.maquette.access..",
              "io.maquette.console..",
              "jakarta.ws.rs..",
              "jakarta.servlet..")
          .because("a job goes on whoever started it, and beside the workers, not through them");

  @ArchTest
  static final ArchRule NOBODY_NEEDS_JOBS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maquette.maintenance..", "io.maquette.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.maintenance..")
          .because("the product works without them");

  @ArchTest
  static final ArchRule NOBODY_NEEDS_OPERATORS =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maquette.operation..", "io.maquette.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.operation..")
          .because("tasks go on whether or not anybody looks after them");

  @ArchTest
  static final ArchRule NOBODY_NEEDS_WEBHOOKS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.maquette.webhook..", "io.maquette.watch..", "io.maquette.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.webhook..")
          .because("who changes a task does not know who is told of it");

  @ArchTest
  static final ArchRule NOBODY_NEEDS_WHO_WATCHES =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.maquette.watch..", "io.maquette.console..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.maquette.watch..")
          .because("what is watched does not know it");

  @ArchTest
  static final ArchRule ONLY_THE_PLATFORM_KNOWS_HOW_TRACES_ARE_TOLD =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.maquette.platform")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.opentelemetry..", "co.elastic..")
          .because("what is told of a step is said once, for traces and logs, and holds no secret");

  @ArchTest
  static final ArchRule ONLY_SERVICES_OF_JOBS_TOUCH_THEIR_ROWS =
      noClasses()
          .that()
          .resideInAPackage("io.maquette.maintenance..")
          .and()
          .areNotAnnotatedWith(Stateless.class)
          .and()
          .areNotAnnotatedWith(Entity.class) // which are woven
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class)
          .because("within a chunk of the server's only a transaction of our own may have them");

  @ArchTest
  static final ArchRule NO_CYCLES =
      slices()
          .matching("io.maquette.(**)")
          .should()
          .beFreeOfCycles()
          .because("a reader should be able to begin somewhere");

  @ArchTest
  static final ArchRule ONLY_THE_HEART_TOUCHES_ROWS =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.maquette.task",
              "io.maquette.access",
              "io.maquette.maintenance",
              "io.maquette.webhook",
              "io.maquette.platform")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(EntityManager.class)
          .because(
              "transactions and owners are minded in one place for tasks, and in one for accounts,"
                  + " which tasks know nothing of; jobs have rows of their own, moved on in the"
                  + " transactions that do the work; and so have webhooks, which read the history");

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
  static final ArchRule TIME_IS_THE_DATABASES =
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
          .because("such names say nothing");

  @ArchTest
  static final ArchRule EJBS_ARE_THE_HEARTS_BOUNDARY =
      classes()
          .that()
          .areAnnotatedWith(Stateless.class)
          .should()
          .resideInAnyPackage(
              "io.maquette.task",
              "io.maquette.access",
              "io.maquette.maintenance",
              "io.maquette.webhook",
              "io.maquette.operation")
          .because(
              "nobody else opens transactions; what operators do and what is kept of it are one");

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
