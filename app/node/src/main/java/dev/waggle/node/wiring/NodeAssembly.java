package dev.waggle.node.wiring;

import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.admission.HandshakeAdmission;
import dev.waggle.domain.admission.InboundLimits;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.node.P2PSettings;
import dev.waggle.domain.peers.JoinSettings;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.reach.ReachSettings;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.domain.sync.SyncSettings;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.node.runtime.NodeRuntime;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.nat.PortMapping;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.PeerStore;
import dev.waggle.ports.node.SeedDirectory;
import dev.waggle.ports.operator.HandshakeObserver;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.WireCodec;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Picks the parts that the configuration names, and puts a node together from them. */
public final class NodeAssembly {
  private static final List<Integer> OWN_FEATURES =
      List.of(
          Feature.COMPACT_BLOCKS,
          Feature.EARLY_NOTICES,
          Feature.HEADERS_FIRST,
          Feature.DIAL_BACK,
          Feature.HOLE_PUNCHING);

  private final NodeConfig config;
  private final Catalogue catalogue;
  private final List<CipherSuite> suites;
  private final HashFunction sha256;
  private final RandomSource random;
  private final NameService names;
  private final List<Extension> extensions;

  @Inject
  NodeAssembly(
      NodeConfig config,
      Catalogue catalogue,
      HashFunction sha256,
      RandomSource random,
      NameService names,
      Set<Extension> extensions) {
    this.config = config;
    this.catalogue = catalogue;
    this.suites = chosen(ConfigKeys.SUITE, config.suites(), catalogue::suite, CipherSuite::hexId);
    this.sha256 = sha256;
    this.random = random;
    this.names = names;
    this.extensions = List.copyOf(extensions);
  }

  /** An identity that the preferred suite can sign with, kept nowhere. */
  public PeerIdentity newIdentity() {
    SignatureScheme scheme = suites.getFirst().signature();
    SigningKeyPair keyPair = scheme.generate(random);
    byte[] hash = sha256.hash(keyPair.publicKey().borrowArray());
    return new PeerIdentity(scheme.algorithm(), new PeerId(Bytes.wrap(hash)), keyPair);
  }

  /**
   * Starts a node.
   *
   * @throws ConfigProblem if the configuration names something that is not there
   * @throws ListenFailed if it cannot listen where it shall
   * @throws IOException if {@code store} cannot say what it has kept
   */
  public NodeRuntime start(
      PeerIdentity identity,
      AdmissionSettings admission,
      MemoryBudget budget,
      GossipApplication application,
      PeerObserver observer,
      CatchUpObserver catchUpObserver,
      HandshakeObserver handshakeObserver,
      PortMapping routers,
      PeerStore store,
      SeedDirectory directory,
      UnaryOperator<Transport> between)
      throws ListenFailed, IOException {
    SessionSettings session = sessionSettings(identity, features(application));
    PeerMemory remembered = store.load(); // Before there is anything that would have to be closed.
    Transport transport = between.apply(catalogue.transport());
    return new NodeRuntime(
        config.p2pAddr(),
        transport,
        names,
        directory,
        remembered,
        store,
        session,
        p2pSettings(budget),
        new HandshakeAdmission(admission),
        budget,
        application,
        observer,
        catchUpObserver,
        handshakeObserver,
        routers,
        extensions);
  }

  private SessionSettings sessionSettings(PeerIdentity identity, List<Integer> features) {
    List<WireCodec> codecs =
        chosen(ConfigKeys.CODEC, config.codecs(), catalogue.codecs()::named, WireCodec::name);
    HandshakeSettings handshake =
        new HandshakeSettings(
            identity,
            NetworkId.of(config.network(), sha256),
            suitesFor(identity),
            codecs.stream().map(WireCodec::name).toList(),
            features,
            sha256,
            random);
    return new SessionSettings(handshake, codecs);
  }

  /** What this node offers to its peers, ascending: what it can do itself, and its extensions. */
  private List<Integer> features(GossipApplication application) {
    List<Integer> features = new ArrayList<>(extensionFeatures());
    if (config.compactBlocks() && application.blockFormat() != null) {
      features.add(Feature.COMPACT_BLOCKS);
    }
    if (config.earlyNotices()) {
      features.add(Feature.EARLY_NOTICES);
    }
    if (config.headersFirst()
        && application.headerChain() != null
        && application.blockFormat() != null) {
      features.add(Feature.HEADERS_FIRST);
    }
    features.add(Feature.DIAL_BACK);
    features.add(Feature.HOLE_PUNCHING);
    return features.stream().sorted().toList();
  }

  /** What the extensions are known by: each by another id, and none by one of the node's own. */
  private List<Integer> extensionFeatures() {
    List<Integer> features = extensions.stream().map(Extension::feature).toList();
    for (int feature : features) {
      if (OWN_FEATURES.contains(feature)) {
        throw extensionProblem("the feature 0x%04x is the node's own", feature);
      }
      if (Collections.frequency(features, feature) > 1) {
        throw extensionProblem("there are two of feature 0x%04x", feature);
      }
    }
    return features;
  }

  private static ConfigProblem extensionProblem(String why, int feature) {
    return ConfigProblem.because("modules", "extensions", why.formatted(feature))
        .at(Wiring.CLASS_PATH);
  }

  private P2PSettings p2pSettings(MemoryBudget budget) {
    return new P2PSettings(
        new PeerSettings(
            joinSettings(),
            config.outboundTarget(),
            config.maxInbound(),
            config.heartbeatInterval(),
            config.heartbeatTimeout(),
            PeerSettings.DEFAULT_SLOW_AFTER),
        gossip(budget),
        InboundLimits.DEFAULTS,
        RateSettings.DEFAULTS,
        new ReachSettings(config.traverses()));
  }

  private JoinSettings joinSettings() {
    boolean discovers = config.connect().isEmpty();
    return new JoinSettings(
        discovers ? config.seeds() : config.connect(),
        config.addPeers(),
        config.dnsSeeds(),
        discovers,
        config.allowPrivate(),
        config.externalAddress().orElse(null));
  }

  /** What gossip may remember. */
  static GossipSettings gossip(MemoryBudget budget) {
    GossipSettings defaults = GossipSettings.DEFAULTS;
    return defaults
        .withMemory(
            budget.seenIds(), defaults.seenMaxAge(), budget.recentBytes(), budget.rereadBytes())
        .withWaiting(defaults.waitingMaxCount(), budget.waitingBytes())
        .withRelay(defaults.relay().withMemory(budget.rebuildBytes(), budget.partsBytes()))
        .withSync(new SyncSettings(defaults.sync().maxChains(), budget.aheadBytes()));
  }

  private List<CipherSuite> suitesFor(PeerIdentity identity) {
    for (CipherSuite suite : suites) {
      if (!suite.signature().algorithm().equals(identity.algorithm())) {
        throw ConfigProblem.because(
            ConfigKeys.SUITE.name(),
            suite.name(),
            "signs with %s, but this node's identity is an %s key"
                .formatted(suite.signature().algorithm(), identity.algorithm()));
      }
    }
    return suites;
  }

  /** The parts of these names, which must not be one part for the peers. */
  private static <T> List<T> chosen(
      ConfigKey<?> key, List<String> names, Function<String, T> find, Function<T, String> onWire) {
    List<T> parts = names.stream().map(find).toList();
    Set<String> known = new HashSet<>();
    for (T part : parts) {
      if (!known.add(onWire.apply(part))) {
        throw ConfigProblem.because(
            key.name(), String.join(",", names), "names " + onWire.apply(part) + " twice");
      }
    }
    return parts;
  }
}
