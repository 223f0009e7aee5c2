using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Nagare.Torture;

/// <summary>Stands between journals and a server, and does to some of their exchanges what networks do.</summary>
internal sealed class BadNetwork : IAsyncDisposable
{
    // As much as one packet of a client usually is; a request longer than that may be cut in its middle, which is a lost request, too.
    private const int ChunkBytes = 64 * 1024;

    private readonly DnsEndPoint _server;
    private readonly Func<Fault> _next;
    private readonly Func<TimeSpan> _delay;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<Fault, int> _struck = new();
    private readonly ConcurrentDictionary<Task, bool> _connections = new();
    private readonly Task _accepting;

    /// <param name="server">Where the server is.</param>
    /// <param name="next">Decides what becomes of the next request.</param>
    /// <param name="delay">How late a delayed request arrives.</param>
    public BadNetwork(DnsEndPoint server, Func<Fault> next, Func<TimeSpan> delay)
    {
        (_server, _next, _delay) = (server, next, delay);
        _listener.Start();
        EndPoint = new DnsEndPoint("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = Accept();
    }

    /// <summary>Where journals connect.</summary>
    public DnsEndPoint EndPoint { get; }

    /// <summary>Whether faults strike; everything passes until they do.</summary>
    public bool IsArmed { get; set; }

    /// <summary>How often a fault struck.</summary>
    public int Struck(Fault fault) => _struck.GetValueOrDefault(fault);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Keys);
        _end.Dispose();
    }

    private async Task Accept()
    {
        while (!_end.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var serving = Serve(client);
            _connections.TryAdd(serving, true);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var link = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        using var connection = new Connection(client, new TcpClient());
        try
        {
            await connection.Server.ConnectAsync(_server.Host, _server.Port, link.Token);
            var both = new[] { Requests(connection, link.Token), Responses(connection, link.Token) };
            await Task.WhenAny(both);
            await link.CancelAsync();
            await Task.WhenAll(both);
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side went away, which is what both sides have to live with here.
        }
    }

    private async Task Requests(Connection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        var (client, server) = (connection.Client.GetStream(), connection.Server.GetStream());
        while (await client.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            var fault = IsArmed ? _next() : Fault.None;
            if (fault != Fault.None)
            {
                _struck.AddOrUpdate(fault, 1, (_, count) => count + 1);
            }

            switch (fault)
            {
                case Fault.LoseRequest:
                    return;
                case Fault.LoseResponse:
                    connection.LosesResponses = true;
                    break;
                case Fault.DelayRequest:
                    connection.LosesResponses = true;
                    connection.Client.Dispose();
                    await Task.Delay(_delay(), cancellationToken);
                    break;
                case Fault.None:
                    break;
            }

            await server.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (fault == Fault.DelayRequest)
            {
                // Until it is carried out: the server is told that the client is gone by the end of what it sent.
                connection.Server.Client.Shutdown(SocketShutdown.Send);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }
    }

    private static async Task Responses(Connection connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[ChunkBytes];
        var server = connection.Server.GetStream();
        while (await server.ReadAsync(buffer, cancellationToken) is > 0 and var read && !connection.LosesResponses)
        {
            await connection.Client.GetStream().WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private sealed class Connection(TcpClient client, TcpClient server) : IDisposable
    {
        public TcpClient Client => client;

        public TcpClient Server => server;

        public volatile bool LosesResponses;

        public void Dispose()
        {
            client.Dispose();
            server.Dispose();
        }
    }
}
