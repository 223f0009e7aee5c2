namespace Nagare.CommandLine;

/// <summary>A .gz expands to more than is allowed, or is damaged.</summary>
internal sealed class ExpansionException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads an expanded .gz up to a bound: a few kilobytes can hold gigabytes.</summary>
internal sealed class BoundedExpansion(Stream expanded, long maxBytes) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return Count(expanded.Read(buffer));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return Count(await expanded.ReadAsync(buffer, cancellationToken).ConfigureAwait(false));
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e);
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            expanded.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Count(int read)
    {
        _read += read;
        return _read <= maxBytes
            ? read
            : throw new ExpansionException($"it expands to more than {maxBytes} bytes, which is where reading stopped; expand it yourself and import the plain file");
    }

    private ExpansionException Damaged(InvalidDataException e) => new($"the .gz is damaged: it could be expanded for {_read} bytes and no further", e);
}
