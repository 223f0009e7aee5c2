namespace Nagare.CommandLine;

/// <summary>Whoever read standard output has gone, as <c>head</c> does after ten lines. No error: the program ends quietly.</summary>
internal sealed class OutputClosedException(IOException inner) : Exception("Standard output was closed by its reader.", inner);

/// <summary>Standard output, whose failures are told apart from those of every other stream.</summary>
internal sealed class ClosableOutput(Stream output) : Stream
{
    // What a full disk answers: ENOSPC and EDQUOT, and the two of Windows. Losing output to it is a failure, not somebody's wish.
    private static readonly int[] Full = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
        try
        {
            output.Flush();
        }
        catch (IOException e) when (!IsFull(e))
        {
            throw new OutputClosedException(e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            output.Write(buffer);
        }
        catch (IOException e) when (!IsFull(e))
        {
            throw new OutputClosedException(e);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            await output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (!IsFull(e))
        {
            throw new OutputClosedException(e);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (!IsFull(e))
        {
            throw new OutputClosedException(e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static bool IsFull(IOException e) => Full.Contains(e.HResult);
}
