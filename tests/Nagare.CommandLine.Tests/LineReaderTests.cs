using System.Text;
using CsCheck;

namespace Nagare.CommandLine.Tests;

public sealed class LineReaderTests
{
    private const int MaxLineBytes = 200_000;

    [Fact]
    public void However_a_file_arrives_in_pieces_its_lines_are_the_same()
    {
        var line = Gen.OneOf(Gen.Char['a', 'z'].Array[0, 30], Gen.Char['a', 'z'].Array[60_000, 140_000]).Select(characters => new string(characters));
        Gen.Select(line.Array[0, 6], Gen.Bool, Gen.Int[1, 100_000]).Sample(
            (lines, endsInBreak, pieceBytes) =>
            {
                var text = string.Join('\n', lines) + (endsInBreak && lines.Length > 0 ? "\n" : "");
                // What follows the last break is a line only where it holds something.
                var expected = text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

                Assert.Equal(expected, Read(text, pieceBytes).GetAwaiter().GetResult());
            },
            iter: 200);
    }

    [Theory]
    [InlineData(MaxLineBytes, true)]
    [InlineData(MaxLineBytes + 1, false)]
    public async Task A_line_is_given_up_to_the_bound_and_read_over_beyond_it(int length, bool isGiven)
    {
        Assert.Equal(
            ["before", isGiven ? new string('x', length) : null, "after"],
            await Read($"before\n{new string('x', length)}\nafter", pieceBytes: 4096));
    }

    private static async Task<List<string?>> Read(string text, int pieceBytes)
    {
        var reader = new LineReader(new InPieces(Encoding.UTF8.GetBytes(text), pieceBytes), MaxLineBytes);
        var lines = new List<string?>();
        while (await reader.Next(CancellationToken.None) is { } line)
        {
            Assert.Equal(lines.Count + 1, line.Number);
            lines.Add(line.Bytes is null ? null : Encoding.UTF8.GetString(line.Bytes));
        }

        return lines;
    }

    private sealed class InPieces(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
