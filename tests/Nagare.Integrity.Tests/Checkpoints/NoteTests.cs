using System.Text;

namespace Nagare.Integrity.Tests;

/// <summary>Keys, notes and checkpoints are those of C2SP's texts, and anything else is refused.</summary>
public class NoteTests
{
    // From c2sp.org/signed-note.
    private const string ExampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    private const string ExampleNote = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

    // From c2sp.org/tlog-checkpoint.
    private const string ExampleCheckpoint = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    private static readonly TreeHash Root = MerkleTree.HashLeaf("root"u8);

    [Fact]
    public void The_example_of_the_specification_verifies()
    {
        var key = VerifierKey.Parse(ExampleKey);
        Assert.Equal(("example.com/foo", 0x530d903au), (key.Name, key.KeyId));
        Assert.Equal(ExampleKey, key.ToString());
        Assert.Null(NoteText.Parse(ExampleNote).Refusal(key));
    }

    [Fact]
    public void The_example_of_a_checkpoint_is_read()
    {
        var checkpoint = SignedCheckpoint.Parse(ExampleCheckpoint);
        Assert.Equal(("example.com/behind-the-sofa", 20852163L, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=", null), (checkpoint.Origin, checkpoint.Size, checkpoint.Root.ToString(), (object?)checkpoint.KeysRoot));
        Assert.False(checkpoint.IsSignedBy(VerifierKey.Parse(ExampleKey)));
    }

    [Fact]
    public void Every_changed_byte_of_a_note_is_noticed()
    {
        var key = VerifierKey.Parse(ExampleKey);
        for (var i = 0; i < ExampleNote.Length; i++)
        {
            var changed = ExampleNote.ToCharArray();
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            Assert.False(Counts(new string(changed), key), $"character {i}");
            Assert.False(Counts(ExampleNote.Remove(i, 1), key), $"without character {i}");
        }
    }

    [Theory]
    [InlineData("no blank line\n— a AAAAAAA=\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=")]
    [InlineData("text\n\n- example.com/foo AAAAAAA=\n")]
    [InlineData("text\n\n— two words AAAAAAA=\n")]
    [InlineData("text\n\n— plus+sign AAAAAAA=\n")]
    [InlineData("text\n\n—  AAAAAAA=\n")]
    [InlineData("text\n\n— a AAAAAA==\n")]
    [InlineData("text\n\n— a AAAAAAB=\n")]
    [InlineData("text\n\n— a AAAAAAA\n")]
    [InlineData("text\n\n— a AAAA AAA=\n")]
    [InlineData("text\n\n— a A-AAAAA=\n")]
    [InlineData("text\twith a tab\n\n— a AAAAAAA=\n")]
    [InlineData("text\r\n\r\n— a AAAAAAA=\r\n")]
    public void A_note_of_another_form_is_refused(string note) => Assert.Throws<FormatException>(() => NoteText.Parse(note));

    [Fact]
    public void A_note_that_is_no_unicode_text_is_refused() => Assert.Throws<FormatException>(() => NoteText.Parse("\ud800\n\n— a AAAAAAA=\n"));

    [Fact]
    public void Signatures_of_other_keys_are_passed_over_and_sixteen_of_them_are_read()
    {
        var others = string.Concat(Enumerable.Range(0, 16).Select(i => $"— witness.example/w{i} {Convert.ToBase64String([1, 2, 3, (byte)i, 5, 6])}\n"));
        Assert.Null(NoteText.Parse(ExampleNote + others).Refusal(VerifierKey.Parse(ExampleKey)));
        var own = ExampleNote.IndexOf('—');
        Assert.Null(NoteText.Parse(ExampleNote[..own] + others + ExampleNote[own..]).Refusal(VerifierKey.Parse(ExampleKey)));
        // The name of a known key with another id is another key, and so the other way round.
        var sameName = $"— example.com/foo {Convert.ToBase64String([1, 2, 3, 4, 5, 6])}\n";
        Assert.Null(NoteText.Parse(ExampleNote + sameName).Refusal(VerifierKey.Parse(ExampleKey)));
        Assert.NotNull(NoteText.Parse($"text\n\n{sameName}").Refusal(VerifierKey.Parse(ExampleKey)));
    }

    [Fact]
    public void A_second_signature_of_the_same_key_spoils_a_note_whether_it_verifies_or_not()
    {
        var line = ExampleNote[ExampleNote.IndexOf('—')..];
        Assert.NotNull(NoteText.Parse(ExampleNote + line).Refusal(VerifierKey.Parse(ExampleKey)));
        var wrong = $"— example.com/foo {Convert.ToBase64String([0x53, 0x0d, 0x90, 0x3a, .. new byte[64]])}\n";
        Assert.NotNull(NoteText.Parse(ExampleNote + wrong).Refusal(VerifierKey.Parse(ExampleKey)));
    }

    [Fact]
    public void A_signature_that_was_made_malleable_does_not_count()
    {
        // S + L verifies under the bare equation of Ed25519; RFC 8032 has S below L.
        var order = Convert.FromHexString("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
        var note = NoteText.Parse(ExampleNote);
        var signature = note.Signatures[0].Signature.ToArray();
        var carry = 0;
        for (var i = 0; i < order.Length; i++)
        {
            carry += signature[32 + i] + order[i];
            signature[32 + i] = (byte)carry;
            carry >>= 8;
        }

        var forged = NoteText.Write(note.Text, [note.Signatures[0] with { Signature = signature }]);
        Assert.NotNull(NoteText.Parse(forged).Refusal(VerifierKey.Parse(ExampleKey)));
    }

    [Theory]
    [InlineData("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/bar+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AukyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2=")]
    [InlineData("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")]
    [InlineData("example.com/foo+530d903a")]
    [InlineData("")]
    public void A_key_of_another_form_is_refused(string text) => Assert.Throws<FormatException>(() => VerifierKey.Parse(text));

    [Fact]
    public void A_key_is_read_from_what_it_wrote_and_its_secret_is_in_no_message()
    {
        var secret = Keys.Own.ToSecretText();
        using var read = CheckpointKey.Parse(secret + "\n");
        Assert.Equal(Keys.Own.Key.ToString(), read.Key.ToString());
        var failure = Assert.Throws<FormatException>(() => CheckpointKey.Parse(secret[..^4]));
        Assert.DoesNotContain(secret[^20..^4], failure.Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => CheckpointKey.Parse(secret.Replace("+example.com/agents+", "+example.com/others+", StringComparison.Ordinal)));
        Assert.Throws<ArgumentException>(() => CheckpointKey.Generate("two words"));
    }

    [Theory]
    [InlineData("\n5\n{0}\n")]
    [InlineData("o\n05\n{0}\n")]
    [InlineData("o\n+5\n{0}\n")]
    [InlineData("o\n-5\n{0}\n")]
    [InlineData("o\n 5\n{0}\n")]
    [InlineData("o\n5.0\n{0}\n")]
    [InlineData("o\n99999999999999999999\n{0}\n")]
    [InlineData("o\n5\nAAAA\n")]
    [InlineData("o\n5\n")]
    [InlineData("o\n5\n{0}\n\nx\n")]
    [InlineData("o\n5\n{0}\nnagare-keys AAAA\n")]
    [InlineData("o\n5\n{0}\nnagare-keys {0}\nnagare-keys {0}\n")]
    public void A_checkpoint_of_another_form_is_refused(string body)
    {
        var text = body.Replace("{0}", Root.ToString(), StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => SignedCheckpoint.Parse(text + "\n— o AAAAAAA=\n"));
    }

    [Fact]
    public async Task A_signed_checkpoint_counts_under_its_key_and_origin_alone()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var signed = await SignedCheckpoint.Sign("example.com/agents", 7, Root, Root, Keys.Own, cancellation);
        Assert.Null(ProofVerifier.Refusal(signed, Keys.Own.Key));
        Assert.NotNull(ProofVerifier.Refusal(signed, Keys.Stranger.Key));
        Assert.Equal(signed.Text, SignedCheckpoint.Parse(signed.Text).Text);
        Assert.Equal((7, Root, Root), (signed.Size, signed.Root, signed.KeysRoot));
        // The same key over the checkpoint of another journal.
        var other = await SignedCheckpoint.Sign("example.com/others", 7, Root, Root, Keys.Own, cancellation);
        Assert.True(other.IsSignedBy(Keys.Own.Key));
        Assert.NotNull(ProofVerifier.Refusal(other, Keys.Own.Key));
        foreach (var changed in new[] { signed.Text.Replace("\n7\n", "\n8\n", StringComparison.Ordinal), signed.Text.Replace(Root.ToString(), MerkleTree.EmptyRoot.ToString(), StringComparison.Ordinal) })
        {
            Assert.NotNull(ProofVerifier.Refusal(SignedCheckpoint.Parse(changed), Keys.Own.Key));
        }
    }

    [Fact]
    public async Task A_signer_whose_signature_is_not_its_keys_makes_no_checkpoint() =>
        await Assert.ThrowsAsync<IntegrityException>(async () =>
            await SignedCheckpoint.Sign("example.com/agents", 7, Root, Root, new WrongSigner(), TestContext.Current.CancellationToken));

    private static bool Counts(string note, VerifierKey key)
    {
        try
        {
            return NoteText.Parse(note).Refusal(key) is null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private sealed class WrongSigner : ICheckpointSigner
    {
        public VerifierKey Key => Keys.Own.Key;

        public ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) => Keys.Own.Sign(Encoding.UTF8.GetBytes("another text"), cancellationToken);
    }
}
