namespace Nagare;

/// <summary>Which journal the services of one scope belong to, where a host has many.</summary>
internal sealed class ChosenJournal
{
    private JournalName? _name;

    /// <exception cref="InvalidOperationException">The scope has chosen none, or is asked to choose again.</exception>
    public JournalName Name
    {
        get => _name ?? throw new InvalidOperationException("No journal is chosen here: this host has many. Open one by INamedJournals, and ask it.");
        set => _name = _name is null ? value : throw new InvalidOperationException($"The scope belongs to the journal '{_name}'.");
    }
}
