package dev.fletch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say of the code is true of the code there is. */
class DocumentsTest {
  private static final String ROOT = "dev.fletch.";

  /** In back quotes: packages, a dot between them, and a class. */
  private static final Pattern CLASS = Pattern.compile("`((?:[a-z][a-z0-9]*\\.)+[A-Z]\\w*)[`.#]");

  /** In a row of the table of packages. */
  private static final Pattern PACKAGE = Pattern.compile("`([a-z][a-z0-9]*(?:\\.[a-z0-9]+)*)`");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.fletch");

  private static String text(String document) throws IOException {
    return Files.readString(Path.of("..", document));
  }

  private static Stream<String> namedClasses() throws IOException {
    return Stream.of("ARCHITECTURE.md", "CONTRIBUTING.md")
        .flatMap(
            document -> {
              try {
                return CLASS.matcher(text(document)).results().map(found -> found.group(1));
              } catch (IOException e) {
                throw new IllegalStateException("cannot read " + document, e);
              }
            })
        .distinct();
  }

  @ParameterizedTest
  @MethodSource("namedClasses")
  void aClassThatIsNamedExists(String name) {
    Set<String> known =
        CLASSES.stream().map(JavaClass::getFullName).collect(Collectors.toUnmodifiableSet());
    assertThat(known).contains(ROOT + name);
  }

  @Test
  void theTableOfPackagesHasAllOfThem() throws IOException {
    String text = text("ARCHITECTURE.md");
    Matcher rows = Pattern.compile("(?m)^\\| (?:\\*\\*\\w+\\*\\* )?(`[^|]*) \\|").matcher(text);
    Set<String> named =
        rows.results()
            .flatMap(row -> PACKAGE.matcher(row.group(1)).results())
            .map(found -> found.group(1))
            .collect(Collectors.toSet());
    Set<String> there =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> name.startsWith(ROOT))
            .map(name -> name.substring(ROOT.length()))
            .filter(name -> !name.equals("network.dl4j") && !name.startsWith("report."))
            .collect(Collectors.toSet());
    assertThat(named).containsExactlyInAnyOrderElementsOf(there);
  }
}
