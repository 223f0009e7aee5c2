using System.Text.Json;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Serialization;
using Nagare.Benchmarks.Events;
using Nagare.Benchmarks.Measuring;

namespace Nagare.Benchmarks.Peers;

/// <summary>Akka.Persistence.Sql with its defaults, and a serializer as fast as the one that the raw techniques use.</summary>
internal sealed class AkkaPeer : IAsyncDisposable
{
    private const string Replayed = "replayed";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system;
    private int _run;

    private AkkaPeer(ActorSystem system) => _system = system;

    /// <param name="connectionString">Where, its search path set to a schema that nobody else uses.</param>
    public static AkkaPeer Open(string connectionString) => new(ActorSystem.Create("peer", ConfigurationFactory.ParseString($$"""
        akka {
          loglevel = WARNING
          actor {
            serializers.peer = "{{typeof(PeerSerializer).AssemblyQualifiedName}}"
            serialization-bindings { "{{typeof(PeerEvent).AssemblyQualifiedName}}" = peer }
          }
          persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "PostgreSQL.15"
                auto-initialize = true
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "PostgreSQL.15"
                auto-initialize = true
              }
            }
          }
        }
        """)));

    /// <summary>Actors that each persist one event after the other.</summary>
    public Variant Persist(int actors) => new($"Akka, {actors} actors", async slot =>
    {
        var run = ++_run;
        var refs = Enumerable.Range(0, actors).Select(i => Start($"{run}-{i}")).ToList();
        await Task.WhenAll(refs.Select(actor => actor.Ask<long>(Count.Instance, Patience)));
        var sample = await Callers.Run(actors, slot, (caller, count) => refs[caller].Ask<long>(PeerEvent.Make(count), Patience));
        await Task.WhenAll(refs.Select(actor => actor.GracefulStop(Patience)));
        return sample;
    });

    /// <summary>Recovers an actor of so many events, again and again.</summary>
    public async Task<Variant> Recover(int events)
    {
        var writer = Start(Replayed);
        await writer.Ask<long>(Enumerable.Range(0, events).Select(PeerEvent.Make).ToArray(), Patience);
        await writer.GracefulStop(Patience);
        return new Variant("Akka, recover", slot => Callers.Run(
            callers: 1,
            slot,
            async (_, _) =>
            {
                var actor = Start(Replayed);
                if (await actor.Ask<long>(Count.Instance, Patience) is var found && found != events)
                {
                    throw new InvalidOperationException($"Akka recovered {found} of {events} events.");
                }

                await actor.GracefulStop(Patience);
            },
            events));
    }

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private IActorRef Start(string persistenceId) => _system.ActorOf(Props.Create(() => new Writer(persistenceId)));

    private sealed class Count
    {
        public static readonly Count Instance = new();
    }

    private sealed class Writer : ReceivePersistentActor
    {
        private long _calls;

        public Writer(string persistenceId)
        {
            PersistenceId = persistenceId;
            Recover<PeerEvent>(_ => _calls++);
            Command<Count>(_ => Sender.Tell(_calls));
            Command<PeerEvent>(e => Persist(e, _ => Sender.Tell(++_calls)));
            Command<PeerEvent[]>(events =>
            {
                var asker = Sender;
                PersistAll(events, _ =>
                {
                    if (++_calls == events.Length)
                    {
                        asker.Tell(_calls);
                    }
                });
            });
        }

        public override string PersistenceId { get; }
    }

    private sealed class PeerSerializer(ExtendedActorSystem system) : Serializer(system)
    {
        public override int Identifier => 7_021;

        public override bool IncludeManifest => false;

        public override byte[] ToBinary(object obj)
        {
            var e = (PeerEvent)obj;
            return JsonSerializer.SerializeToUtf8Bytes(new BenchEvent.ToolReturned(e.ToolName, e.Response, e.LatencyMs, e.Confidence, e.CostUsd), BenchJson.Default.ToolReturned);
        }

        public override object FromBinary(byte[] bytes, Type type)
        {
            var e = JsonSerializer.Deserialize(bytes, BenchJson.Default.ToolReturned)!;
            return new PeerEvent(e.ToolName, e.Response, e.LatencyMs, e.Confidence, e.CostUsd);
        }
    }
}
