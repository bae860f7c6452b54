using System.Text.Json;
using System.Text.Json.Nodes;
using Market.Protocol.Values;

namespace Market.Node.Cli.Client;

/// <summary>Who listens, and to what.</summary>
/// <param name="Trader">Null to watch only.</param>
/// <param name="Token">The trader's; null without one.</param>
/// <param name="Topics">Of price, board, gibb and result.</param>
public sealed record Hello(TraderKey? Trader, string? Token, IReadOnlyList<string> Topics)
{
    /// <summary>The first frame of a connection.</summary>
    public string ToFrame()
    {
        var hello = new JsonObject();
        if (Trader is not null)
        {
            hello["team"] = Trader.Team;
            hello["name"] = Trader.Name;
            hello["token"] = Token;
        }
        hello["subscribe"] = new JsonArray([.. Topics.Select(topic => JsonValue.Create(topic))]);
        return new JsonObject { ["hello"] = hello }.ToJsonString();
    }
}

/// <summary>
/// A market's live frames for as long as somebody reads them. The first connection must succeed; one lost later is made again, each time
/// after twice the pause, and what happened meanwhile is missed. For one reader.
/// </summary>
/// <param name="client">Its node and market; also asked why a connection was refused.</param>
/// <param name="say">Told of losses and returns.</param>
public sealed class LiveFeed(NodeClient client, Hello hello, Surroundings around, Action<string> say) : IAsyncDisposable
{
    private LiveConnection? _connection;
    private bool _wasOpen;
    private int _losses;

    /// <summary>The next frame; the first after each connection is the welcome.</summary>
    /// <exception cref="NodeProblemException">The node does not let this client in.</exception>
    /// <exception cref="NodeFailedException">The first connection did not succeed.</exception>
    public async Task<JsonElement> NextAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return _connection is null ? await OpenAsync(cancel) : await ReadAsync(_connection, cancel);
            }
            catch (NodeFailedException lost) when (_wasOpen)
            {
                await PauseAsync(lost, cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null) { await _connection.DisposeAsync(); }
        _connection = null;
    }

    private async Task<JsonElement> OpenAsync(CancellationToken cancel)
    {
        var (connection, welcome) = await LiveConnection.OpenAsync(client, hello, cancel);
        _connection = connection;
        if (_wasOpen) { say("Connected again."); }
        _wasOpen = true;
        return welcome;
    }

    private async Task<JsonElement> ReadAsync(LiveConnection connection, CancellationToken cancel)
    {
        var frame = await connection.ReceiveAsync(cancel);
        _losses = 0; // only now: a node that welcomes and drops must not be asked without end and pause
        return frame;
    }

    private async Task PauseAsync(NodeFailedException lost, CancellationToken cancel)
    {
        await DisposeAsync();
        var pause = around.FirstRetry * Math.Pow(2, Math.Min(_losses++, 20));
        if (pause > around.MaxRetry) { pause = around.MaxRetry; }
        pause *= 0.75 + (0.5 * Random.Shared.NextDouble()); // apart from all others that lost the same node
        say($"Connection lost ({lost.Message}); trying again in {pause.TotalSeconds:0.0} s.");
        await Task.Delay(pause, cancel);
    }
}
