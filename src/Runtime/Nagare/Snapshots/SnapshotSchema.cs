using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Nagare;

/// <summary>The hash by which a snapshot says what it was made with: the state's shape, the shapes of all events that lead to it, past ones too, and the fold's version.</summary>
internal static class SnapshotSchema
{
    public static byte[] Hash<TAggregate>(SnapshotPolicy<TAggregate> policy, EventFamily family, UnknownEventPolicy unknownEvents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add("nagare-snapshot-schema-1");
        Number(policy.Version);
        Add(policy.Codec.Schema);

        // What a fold leaves out is missing in the state.
        Number((int)unknownEvents);
        Add(family.Name);
        Names(family.FormerNames);
        Number(family.Events.Count);
        foreach (var e in family.Events)
        {
            Add(e.Name);
            Number(e.SchemaVersion);
            Add(e.Schema);
            Names(e.FormerNames);
        }

        Number(family.Past.Count);
        foreach (var past in family.Past)
        {
            Add(past.Name);
            Number(past.SchemaVersion);
            Add(past.ClrType.FullName ?? past.ClrType.Name);
            Number(past.ReadsEnvelope ? 1 : 0);
        }

        return hash.GetHashAndReset();

        void Names(IReadOnlyList<string> names)
        {
            Number(names.Count);
            foreach (var name in names)
            {
                Add(name);
            }
        }

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            Number(bytes.Length);
            hash.AppendData(bytes);
        }

        void Number(int number)
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            BinaryPrimitives.WriteInt32BigEndian(bytes, number);
            hash.AppendData(bytes);
        }
    }

    /// <summary>What an aggregate's snapshots are kept under: its name, or, where that is longer than an id may be, its hash.</summary>
    public static string NameOf(Type aggregate)
    {
        var name = aggregate.FullName ?? aggregate.Name;
        return Encoding.UTF8.GetByteCount(name) <= JournalLimits.MaxIdBytes ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
    }
}
