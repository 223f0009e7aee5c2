using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Nagare.CodeFixes;

/// <summary>Edits of texts in many documents, collected and then applied at once. What several fixes insert at one place stands there in their order.</summary>
internal sealed class TextEdits
{
    private readonly Dictionary<DocumentId, SortedDictionary<TextSpan, string>> _changes = [];
    private readonly Dictionary<(DocumentId Document, int Position, string Head, string Tail), List<string>> _wrapped = [];

    public void Insert(DocumentId document, int position, string text) => Replace(document, new TextSpan(position, 0), text);

    public void Replace(DocumentId document, TextSpan span, string text)
    {
        if (!_changes.TryGetValue(document, out var changes))
        {
            _changes.Add(document, changes = []);
        }

        changes[span] = changes.TryGetValue(span, out var before) && span.IsEmpty && !before.Contains(text) ? before + text : text;
    }

    /// <summary>Inserts a text between a head and a tail that stand once around all such texts, behind what else is inserted there.</summary>
    public void Wrap(DocumentId document, int position, string head, string text, string tail)
    {
        if (!_wrapped.TryGetValue((document, position, head, tail), out var texts))
        {
            _wrapped.Add((document, position, head, tail), texts = []);
        }

        texts.Add(text);
    }

    /// <summary>The solution with all edits.</summary>
    public async Task<Solution> Apply(Solution solution, CancellationToken cancellationToken)
    {
        foreach (var wrapped in _wrapped)
        {
            Insert(wrapped.Key.Document, wrapped.Key.Position, wrapped.Key.Head + string.Join("\n", wrapped.Value) + wrapped.Key.Tail);
        }

        _wrapped.Clear();
        foreach (var pair in _changes)
        {
            var text = await solution.GetDocument(pair.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            solution = solution.WithDocumentText(pair.Key, text.WithChanges(pair.Value.Select(static change => new TextChange(change.Key, change.Value))));
        }

        return solution;
    }
}
