package dev.fletch.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists of methods that come with other jars. */
class MethodsTest {
  @TempDir Path jar;

  private List<Class<? extends Method>> with(String listing) throws IOException {
    Path file = jar.resolve(Methods.LISTING);
    Files.createDirectories(file.getParent());
    Files.writeString(file, listing);
    URL[] urls = {jar.toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(urls, Method.class.getClassLoader())) {
      return Methods.listed(loader);
    }
  }

  @Test
  void commentsAndRepetitionsSayNothing() throws IOException {
    assertThat(with("\n# none\n dev.fletch.method.Gdas # again\n")).isEqualTo(Methods.all());
  }

  @Test
  void whatIsNoMethodIsRefusedWithTheListThatNamesIt() {
    assertThatThrownBy(() -> with("dev.fletch.method.Absent"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot find the method dev.fletch.method.Absent, listed in file:")
        .hasMessageEndingWith("META-INF/fletch/methods: no such class");
    assertThatThrownBy(() -> with("dev.fletch.method.Stage"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot use dev.fletch.method.Stage, listed in file:")
        .hasMessageEndingWith("a method is a record that implements dev.fletch.method.Method");
  }

  /** Named as one of Fletch's, but another class. */
  record Darts() implements Method {
    @Override
    public Composition compose(SearchSpace space, Stage stage) {
      return Composition.darts(space);
    }
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    assertThatThrownBy(() -> with(Darts.class.getName()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("Cannot use dev.fletch.method.MethodsTest$Darts, listed in file:")
        .hasMessageEndingWith(
            "the name darts is that of dev.fletch.method.Darts; rename its class");
  }
}
