package dev.waggle.node.wiring;

import com.google.inject.Binder;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.spi.Message;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.transport.TransportSettings;
import dev.waggle.ports.transport.TransportUnavailable;
import jakarta.inject.Provider;
import java.net.InetAddress;
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
 * Lets Guice put things together from the node's modules and those that the class path offers, and
 * says in one line what keeps it from doing so.
 */
public final class Wiring {
  private static final Logger log = LoggerFactory.getLogger(Wiring.class);

  /** Where problems with modules come from; they stand in no configuration. */
  static final String CLASS_PATH = "class path";

  /**
   * Makes an object of {@code root}, with all that it needs.
   *
   * @param more modules beside the node's own and those that the class path offers
   * @throws ConfigProblem if the configuration, or a module that is not the node's, is at fault
   */
  public static <T> T create(NodeConfig config, List<Module> more, Class<T> root) {
    List<Module> foreign = new ArrayList<>(more);
    foreign.addAll(offered());
    List<Module> all = new ArrayList<>(foreign);
    all.add(new CryptoModule());
    all.add(new CodecModule());
    all.add(
        binder -> {
          binder.bind(NodeConfig.class).toInstance(config);
          binder.bind(TransportSettings.class).toInstance(config.transportSettings());
          MapBinder.newMapBinder(binder, String.class, Transport.class);
          Multibinder.newSetBinder(binder, Extension.class);
          askTheSystemForNames(binder);
        });
    try {
      return Guice.createInjector(all).getInstance(root);
    } catch (CreationException e) {
      if (foreign.isEmpty()) {
        throw e; // the node's own do fit together
      }
      log.debug("modules that do not fit together", e);
      throw ConfigProblem.because(
              "modules", names(blamed(foreign, e)), firstLine(e.getErrorMessages()))
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

  /** Unless a module has another name service. */
  private static void askTheSystemForNames(Binder binder) {
    OptionalBinder.newOptionalBinder(binder, NameService.class)
        .setDefault()
        .toInstance(name -> List.of(InetAddress.getAllByName(name)));
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
      if (cause instanceof TransportUnavailable gone) {
        return Optional.of(ConfigProblem.because(gone.option(), gone.value(), gone.reason()));
      }
    }
    return Optional.empty();
  }

  /** The modules that Guice's explanation names, or all if it names none. */
  private static List<Module> blamed(List<Module> modules, CreationException e) {
    String explanation = String.valueOf(e.getMessage());
    List<Module> named =
        modules.stream().filter(m -> explanation.contains(m.getClass().getSimpleName())).toList();
    return named.isEmpty() ? modules : named;
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
