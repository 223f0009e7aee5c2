// A wire that can be cut and frozen, between a journal and its server: what happens on a network, at a moment that a test chooses.
using System.Net;
using System.Net.Sockets;

namespace Nagare.Providers.Tests;

/// <summary>A TCP proxy on the loopback interface that forwards to a server until a test says otherwise.</summary>
/// <remarks>
/// What a client sends in one go arrives here as one piece or a few; a test that waits for a certain statement looks for a text of it that is
/// short enough not to be torn apart, such as <c>commit</c>.
/// </remarks>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Wire> _wires = [];
    private readonly Task _accepting;
    private string _host;
    private int _port;
    private TaskCompletionSource? _frozen;
    private Cut? _cut;
    private bool _refuses;

    private FaultProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = Accept();
    }

    /// <summary>Where clients connect to instead: 127.0.0.1 and this port.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many connections are open now.</summary>
    public int Connections
    {
        get
        {
            lock (_gate)
            {
                return _wires.Count;
            }
        }
    }

    /// <summary>A proxy in front of a server.</summary>
    public static FaultProxy To(string host, int port) => new(host, port);

    /// <summary>New connections lead to another server, as an address does that was moved to it.</summary>
    public void MoveTo(string host, int port)
    {
        lock (_gate)
        {
            (_host, _port) = (host, port);
        }
    }

    /// <summary>From now on nothing goes through, in either direction; connections stay open, new ones are accepted and hang.</summary>
    public void Freeze()
    {
        lock (_gate)
        {
            _frozen ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Everything that was held up goes on.</summary>
    public void Thaw()
    {
        lock (_gate)
        {
            _frozen?.TrySetResult();
            _frozen = null;
        }
    }

    /// <summary>Ends every connection, as a server that crashes does; new ones are refused until <see cref="Restore"/>.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            _refuses = true;
        }

        Break();
    }

    /// <summary>Lets connections be made again.</summary>
    public void Restore()
    {
        lock (_gate)
        {
            _refuses = false;
        }
    }

    /// <summary>Ends every connection; new ones work.</summary>
    public void Break()
    {
        Wire[] wires;
        lock (_gate)
        {
            wires = [.. _wires];
        }

        foreach (var wire in wires)
        {
            wire.End();
        }
    }

    /// <summary>The next request that fits is lost: it does not reach the server, and its connection ends. Completes when that happened.</summary>
    public Task LoseRequest(Func<ReadOnlySpan<byte>, bool> fits) => Arm(new Cut(fits, null));

    /// <summary>
    /// The next request that fits reaches the server, and its answer is lost: the connection ends once the answer, or the part of it that fits,
    /// has come back here, so the server has done what was asked. Completes when that happened.
    /// </summary>
    public Task LoseAnswer(Func<ReadOnlySpan<byte>, bool> fits, Func<ReadOnlySpan<byte>, bool>? answerFits = null) => Arm(new Cut(fits, answerFits ?? (static _ => true)));

    /// <summary>Whether some bytes hold a text, whatever its case.</summary>
    public static Func<ReadOnlySpan<byte>, bool> Holds(string text) => bytes => System.Text.Encoding.Latin1.GetString(bytes).Contains(text, StringComparison.OrdinalIgnoreCase);

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Stop();
        Thaw();
        Break();
        await _accepting;
        _closing.Dispose();
    }

    private Task Arm(Cut cut)
    {
        lock (_gate)
        {
            _cut = cut;
        }

        return cut.Happened.Task;
    }

    private async Task Accept()
    {
        while (!_closing.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_closing.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            bool refuses;
            lock (_gate)
            {
                refuses = _refuses;
            }

            if (refuses)
            {
                client.Close(0);
                continue;
            }

            _ = Forward(client);
        }
    }

    private async Task Forward(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        var wire = new Wire(client, server);
        lock (_gate)
        {
            _wires.Add(wire);
        }

        try
        {
            await WaitWhileFrozen();
            (string Host, int Port) target;
            lock (_gate)
            {
                target = (_host, _port);
            }

            await server.ConnectAsync(target.Host, target.Port, _closing.Token);
            await Task.WhenAny(Pump(wire, client, server, isRequest: true), Pump(wire, server, client, isRequest: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // A connection that could not be made ends below, as the client sees it.
        }
        finally
        {
            lock (_gate)
            {
                _wires.Remove(wire);
            }

            wire.End();
        }
    }

    private async Task Pump(Wire wire, Socket from, Socket to, bool isRequest)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (true)
            {
                var read = await from.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, _closing.Token);
                if (read == 0)
                {
                    return;
                }

                await WaitWhileFrozen();
                if (!MayPass(wire, buffer.AsSpan(0, read), isRequest))
                {
                    continue;
                }

                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), SocketFlags.None, _closing.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end is gone; the other one is closed by whoever waits for this.
        }
    }

    private bool MayPass(Wire wire, ReadOnlySpan<byte> bytes, bool isRequest)
    {
        lock (_gate)
        {
            if (isRequest)
            {
                if (_cut is not { } cut || !cut.Request(bytes))
                {
                    return true;
                }

                _cut = null;
                if (cut.Answer is not null)
                {
                    wire.Loses = cut;
                    return true;
                }

                wire.End();
                cut.Happened.TrySetResult();
                return false;
            }

            if (wire.Loses is not { } losing)
            {
                return true;
            }

            if (losing.Answer!(bytes))
            {
                wire.End();
                losing.Happened.TrySetResult();
            }

            return false;
        }
    }

    private async Task WaitWhileFrozen()
    {
        while (true)
        {
            Task? frozen;
            lock (_gate)
            {
                frozen = _frozen?.Task;
            }

            if (frozen is null)
            {
                return;
            }

            await frozen.WaitAsync(_closing.Token);
        }
    }

    private sealed record Cut(Func<ReadOnlySpan<byte>, bool> Request, Func<ReadOnlySpan<byte>, bool>? Answer)
    {
        public TaskCompletionSource Happened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Wire(Socket client, Socket server)
    {
        /// <summary>Whose answer is lost on this connection.</summary>
        public Cut? Loses { get; set; }

        // Without lingering: both ends learn of it at once, by a reset.
        public void End()
        {
            client.Close(0);
            server.Close(0);
        }
    }
}
