namespace Nagare;

/// <summary>Reads a stream line by line as bytes, with a bound on the length of a line.</summary>
internal sealed class LineReader(Stream source, int maxLineBytes)
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private bool _isAtEnd;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number { get; private set; }

    /// <summary>The next line without its line feed, valid until the next call; null after the last.</summary>
    /// <exception cref="RestoreException">The line is longer than allowed.</exception>
    public async ValueTask<ReadOnlyMemory<byte>?> Next(CancellationToken cancellationToken)
    {
        Number++;
        var searched = 0;
        while (true)
        {
            var feed = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return Take(searched + feed, feedBytes: 1);
            }

            searched = _end - _start;
            if (_isAtEnd)
            {
                // A bare null would become an empty line: a byte array converts to memory, and so does none.
                return searched == 0 ? default(ReadOnlyMemory<byte>?) : Take(searched, feedBytes: 0);
            }

            if (searched > maxLineBytes)
            {
                throw new RestoreException($"Line {Number} has more than {maxLineBytes} bytes. Nothing was stored.");
            }

            await Fill(cancellationToken).ConfigureAwait(false);
        }
    }

    private ReadOnlyMemory<byte> Take(int length, int feedBytes)
    {
        var line = _buffer.AsMemory(_start, length);
        _start += length + feedBytes;
        return line;
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        _isAtEnd = read == 0;
    }
}
