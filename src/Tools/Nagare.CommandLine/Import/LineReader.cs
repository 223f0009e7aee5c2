namespace Nagare.CommandLine;

/// <summary>Cuts a stream of bytes into lines of bounded length.</summary>
internal sealed class LineReader(Stream source, int maxLineBytes)
{
    private const int FirstBufferBytes = 64 * 1024;

    private byte[] _buffer = new byte[FirstBufferBytes];
    private int _start;
    private int _end;
    private long _line;
    private bool _isAtEnd;

    /// <summary>The next line without its line break, which nobody writes to again; null at the end. A line longer than the bound is read over.</summary>
    public async ValueTask<Line?> Next(CancellationToken cancellationToken)
    {
        var looked = 0;
        while (true)
        {
            var lineBreak = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (lineBreak >= 0)
            {
                return Take(looked + lineBreak, isBreakIncluded: true);
            }

            looked = _end - _start;
            if (looked > maxLineBytes)
            {
                return await ReadOver(cancellationToken).ConfigureAwait(false);
            }

            if (_isAtEnd)
            {
                return looked == 0 ? null : Take(looked, isBreakIncluded: false);
            }

            await Fill(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Everything from here on; null where that is longer than the bound.</summary>
    public async ValueTask<byte[]?> ReadToEnd(CancellationToken cancellationToken)
    {
        while (!_isAtEnd && _end - _start <= maxLineBytes)
        {
            await Fill(cancellationToken).ConfigureAwait(false);
        }

        return _end - _start <= maxLineBytes ? _buffer[_start.._end] : null;
    }

    private Line Take(int length, bool isBreakIncluded)
    {
        var bytes = _buffer.AsSpan(_start, length);
        if (_line == 0 && bytes is [0xEF, 0xBB, 0xBF, ..])
        {
            bytes = bytes[3..];
        }

        if (bytes is [.., (byte)'\r'])
        {
            bytes = bytes[..^1];
        }

        _line++;
        var line = new Line(_line, bytes.Length <= maxLineBytes ? bytes.ToArray() : null);
        _start += length + (isBreakIncluded ? 1 : 0);
        return line;
    }

    private async ValueTask<Line?> ReadOver(CancellationToken cancellationToken)
    {
        _line++;
        while (true)
        {
            var lineBreak = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (lineBreak >= 0)
            {
                _start += lineBreak + 1;
                return new Line(_line, null);
            }

            _start = _end = 0;
            if (_isAtEnd)
            {
                return new Line(_line, null);
            }

            await Fill(cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask Fill(CancellationToken cancellationToken)
    {
        if (_end == _buffer.Length)
        {
            if (_start > 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            }
            else
            {
                Array.Resize(ref _buffer, (int)Math.Min(_buffer.Length * 2L, Array.MaxLength));
            }

            _end -= _start;
            _start = 0;
        }

        var read = await source.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _isAtEnd = read == 0;
        _end += read;
    }
}

/// <summary>A line of a file.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Bytes">The line, or null where it is too long.</param>
internal readonly record struct Line(long Number, byte[]? Bytes);
