using System.Text;
using SQLitePCL;

namespace Nagare.Storage;

/// <summary>One prepared statement, kept and used again.</summary>
internal sealed class SqliteStatement : IDisposable
{
    // Ids have 255 bytes at most; a longer text (trace state, schema) takes the way that allocates.
    private const int ScratchBytes = 512;

    private readonly SqliteDatabase _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(SqliteDatabase database, string sql)
    {
        _database = database;
        database.Check(raw.sqlite3_prepare_v3(database.Handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    public void Bind(int parameter, long value) => _database.Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    public void Bind(int parameter, long? value)
    {
        if (value is { } number)
        {
            Bind(parameter, number);
        }
        else
        {
            BindNull(parameter);
        }
    }

    public void Bind(int parameter, string? value)
    {
        if (value is null)
        {
            BindNull(parameter);
        }
        else if (Encoding.UTF8.GetMaxByteCount(value.Length) <= ScratchBytes)
        {
            Span<byte> scratch = stackalloc byte[ScratchBytes];
            var length = Encoding.UTF8.GetBytes(value, scratch);
            _database.Check(raw.sqlite3_bind_text(_statement, parameter, scratch[..length]));
        }
        else
        {
            _database.Check(raw.sqlite3_bind_text(_statement, parameter, Encoding.UTF8.GetBytes(value)));
        }
    }

    /// <summary>Binds bytes; none at all are an empty blob.</summary>
    public void Bind(int parameter, ReadOnlySpan<byte> value) => _database.Check(value.IsEmpty
        ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0)
        : raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Binds bytes; none at all are null.</summary>
    public void BindOptional(int parameter, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            BindNull(parameter);
        }
        else
        {
            Bind(parameter, value);
        }
    }

    public void Bind(int parameter, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        Bind(parameter, bytes);
    }

    public void BindNull(int parameter) => _database.Check(raw.sqlite3_bind_null(_statement, parameter));

    /// <summary>Moves to the next row. False at the end.</summary>
    public bool Step() => raw.sqlite3_step(_statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        var code => throw SqliteErrors.From(_database, code),
    };

    /// <summary>Runs a statement without rows, and makes it ready to run again whatever happens.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>How many columns a row has.</summary>
    public int Columns => raw.sqlite3_column_count(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>The bytes of a blob or text, valid until the next step; empty for null.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Ends the run, and with it the read transaction that it held open. The error of a failed step was thrown by it already.</summary>
    public void Reset() => raw.sqlite3_reset(_statement);

    /// <summary>Lets go of the copies of what was bound, which may be large.</summary>
    public void ClearBindings() => raw.sqlite3_clear_bindings(_statement);

    public void Dispose() => _statement.Dispose();
}
