package dev.waggle.node.wiring;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.spi.Message;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.node.Extension;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets Guice put things together from our modules and those of experimenters, and says in one line
 * what keeps it from doing so.
 */
final class Wiring {
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  /** Where problems with modules of one's own come from; they stand in no configuration. */
  static final String CLASS_PATH = "class path";

  /**
   * Makes an object of {@code root}, with all that it needs.
   *
   * @param more modules beside ours and those that the class path offers
   * @throws ConfigProblem if the configuration, or a module that is not ours, is at fault
   */
  static <T> T create(NodeConfig config, List<Module> more, Class<T> root) {
    List<Module> foreign = new ArrayList<>(more);
    foreign.addAll(offered());
    List<Module> all = new ArrayList<>(foreign);
    all.add(new TransportModule());
    all.add(new CryptoModule());
    all.add(new CodecModule());
    all.add(
        binder -> {
          binder.bind(NodeConfig.class).toInstance(config);
          Multibinder.newSetBinder(binder, Extension.class);
        });
    try {
      return Guice.createInjector(all).getInstance(root);
    } catch (CreationException e) {
      if (foreign.isEmpty()) {
        throw e; // ours alone do fit together
      }
      log.debug("modules that do not fit together", e);
      throw ConfigProblem.because("modules", names(foreign), firstLine(e.getErrorMessages()))
          .at(CLASS_PATH);
    } catch (ProvisionException e) {
      throw problemIn(e).<RuntimeException>map(problem -> problem).orElse(e);
    }
  }

  /**
   * Lets a provider make its part.
   *
   * @throws ConfigProblem if it cannot be had here: about what it complains of itself, or else
   *     about {@code value} as the value of {@code key}
   */
  static <T> T make(Provider<T> provider, ConfigKey<?> key, String value) {
    try {
      return provider.get();
    } catch (ProvisionException e) {
      log.debug("{} = {} cannot be had", key, value, e);
      throw problemIn(e)
          .orElseGet(
              () ->
                  ConfigProblem.because(
                      key.name(), value, "cannot be had: " + firstLine(e.getErrorMessages())));
    }
  }

  private static List<Module> offered() {
    try {
      return ServiceLoader.load(Module.class).stream().map(ServiceLoader.Provider::get).toList();
    } catch (ServiceConfigurationError e) {
      log.debug("a module that cannot be loaded", e);
      throw ConfigProblem.because(
              "modules", "META-INF/services/" + Module.class.getName(), e.getMessage())
          .at(CLASS_PATH);
    }
  }

  /** What the operator did wrong, where Guice wraps that. */
  private static Optional<ConfigProblem> problemIn(ProvisionException wrapped) {
    for (Throwable cause = wrapped.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigProblem problem) {
        return Optional.of(problem);
      }
    }
    return Optional.empty();
  }

  private static String names(List<Module> modules) {
    return modules.stream().map(m -> m.getClass().getName()).collect(Collectors.joining(", "));
  }

  /** Guice explains over many lines; its first says what happened. */
  private static String firstLine(Collection<Message> messages) {
    return messages.stream()
        .findFirst()
        .flatMap(message -> message.getMessage().lines().findFirst())
        .orElse("Guice does not say why");
  }

  private Wiring() {}
}
