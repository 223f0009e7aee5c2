namespace Nagare.Storage;

/// <summary>The stream heads that the writer left, so that it need not read them again. The least recently used go first.</summary>
/// <remarks>True only while the journal's head is where this writer left it: any other writer moves the head.</remarks>
internal sealed class StreamHeadCache(int capacity)
{
    private readonly Dictionary<string, LinkedListNode<(string Stream, StreamHead Head)>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Stream, StreamHead Head)> _newestFirst = new();

    /// <summary>How many heads are kept.</summary>
    public int Count => _nodes.Count;

    public bool TryGet(string stream, out StreamHead head)
    {
        if (!_nodes.TryGetValue(stream, out var node))
        {
            head = default;
            return false;
        }

        _newestFirst.Remove(node);
        _newestFirst.AddFirst(node);
        head = node.Value.Head;
        return true;
    }

    public void Set(string stream, StreamHead head)
    {
        if (_nodes.TryGetValue(stream, out var node))
        {
            node.Value = (stream, head);
            _newestFirst.Remove(node);
            _newestFirst.AddFirst(node);
            return;
        }

        // A full cache gives its oldest node to the newcomer.
        if (_nodes.Count == capacity)
        {
            node = _newestFirst.Last!;
            _newestFirst.RemoveLast();
            _nodes.Remove(node.Value.Stream);
            node.Value = (stream, head);
        }
        else
        {
            node = new LinkedListNode<(string, StreamHead)>((stream, head));
        }

        _newestFirst.AddFirst(node);
        _nodes.Add(stream, node);
    }

    public void Clear()
    {
        _nodes.Clear();
        _newestFirst.Clear();
    }
}
