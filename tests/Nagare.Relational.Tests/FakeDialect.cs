using System.Data.Common;
using Nagare.Storage;

namespace Nagare.Relational.Tests;

/// <summary>A server of which a test says what connecting to it comes to; nobody can ask it anything.</summary>
internal sealed class FakeDialect(Action onConnect) : ServerDialect
{
    /// <summary>How often somebody tried to connect.</summary>
    public int Attempts { get; private set; }

    public override string Name => "Fake";

    public override string Place => "nowhere";

    public override TimeSpan BusyTimeout => TimeSpan.FromSeconds(1);

    public override ServerTables Tables => throw new NotSupportedException();

    public override string ReadHead => throw new NotSupportedException();

    public override string ReadTypes => throw new NotSupportedException();

    public override string ReadRestores => throw new NotSupportedException();

    public override string ReadTreeRows => throw new NotSupportedException();

    public override string ReadLastTreeIndex => throw new NotSupportedException();

    public override string StoreTreeRow => throw new NotSupportedException();

    public override string ReadPlace => throw new NotSupportedException();

    // There is nothing to connect to: who gets as far as this is given nothing.
    public override ValueTask<DbConnection> Connect(ServerConnectionUse use, CancellationToken cancellationToken)
    {
        Attempts++;
        onConnect();
        return new((DbConnection)null!);
    }

    public override ServerFailure Classify(DbException failure) => new(((Refusal)failure).Kind, "42", null);

    public override ValueTask<string> CheckServer(DbConnection connection, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override DbCommand CreateRead(DbConnection connection, StoredPath path, ReadDirection direction, StoredDetail detail) => throw new NotSupportedException();

    public override void Bind(DbCommand command, in StoredQuery query) => throw new NotSupportedException();

    public override DbCommand CreateReadSnapshot(DbConnection connection, string stream, string aggregate) => throw new NotSupportedException();

    public override DbCommand CreateWriteSnapshot(DbConnection connection, StoredSnapshot snapshot) => throw new NotSupportedException();

    public override bool IsOwn(DbTransaction transaction) => throw new NotSupportedException();

    /// <summary>What the server says to who connects.</summary>
    public sealed class Refusal(ServerFailureKind kind) : DbException("refused")
    {
        public ServerFailureKind Kind => kind;
    }
}
