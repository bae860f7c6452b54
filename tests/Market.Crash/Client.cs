using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Market.Crash;

/// <summary>
/// A trader from outside that never gives up: what was not answered is sent again with the same txnId, to whichever node lives then.
/// Half of them come by HTTP, half by WebSocket; each writes down every first answer it got.
/// </summary>
internal sealed class Client(NodeProcess node, int number, ulong seed) : IDisposable
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { BaseAddress = node.Address, Timeout = AnswerPatience };
    private readonly bool _bySocket = number % 2 == 1;
    private ulong _chance = seed + (ulong)number;
    private ClientWebSocket? _socket;
    private string _token = "";
    private int _sent;

    public string Name { get; private set; } = "";

    /// <summary>First answers, in the order they came.</summary>
    public List<Told> Answers { get; } = [];

    /// <summary>Trades until told to stop; then everything sent has been answered.</summary>
    public async Task RunAsync(Action answered, CancellationToken stop)
    {
        await JoinAsync();
        while (!stop.IsCancellationRequested)
        {
            var commands = Enumerable.Range(0, 1 + (int)(Draw() % 5)).Select(_ => Command()).ToArray();
            await SendUntilAnsweredAsync(commands, answered);
        }
    }

    /// <summary>Asks the last commands again: the market must say the same again.</summary>
    public async Task<IReadOnlyList<string>> AskAgainAsync(int last)
    {
        var wrong = new List<string>();
        foreach (var told in Answers.TakeLast(last))
        {
            var results = await PostAsync($"[{told.Json}]");
            var again = results[0];
            var same = again.GetProperty("status").GetString() == "DUPLICATE"
                && again.GetProperty("first").GetString() == told.Status
                && again.GetProperty("state").GetRawText() == told.State;
            if (!same) { wrong.Add($"{Name} {told.TxnId}: was told {told.Status} {told.State}, now {again.GetRawText()}"); }
        }
        return wrong;
    }

    public async Task<JsonElement> StateAsync() => await _http.GetFromJsonAsync<JsonElement>($"/api/markets/banana/traders/BONOBO/{Name}");

    public void Dispose()
    {
        _socket?.Dispose();
        _http.Dispose();
    }

    private async Task JoinAsync()
    {
        for (var attempt = 0; _token.Length == 0; attempt++)
        {
            // A name whose join was cut off may be taken by ourselves: the next attempt takes another.
            Name = $"crash-{number}-{attempt}";
            try
            {
                using var answer = await _http.PostAsJsonAsync("/api/markets/banana/traders", new { team = "BONOBO", name = Name });
                if (answer.IsSuccessStatusCode) { _token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!; }
            }
            catch (Exception gone) when (gone is HttpRequestException or TaskCanceledException)
            {
                await Task.Yield();
            }
        }
        _http.DefaultRequestHeaders.Authorization = new("Bearer", _token);
    }

    private (string TxnId, string Json) Command()
    {
        var txnId = $"{Name}-{_sent++}";
        var amount = 1 + (Draw() % 3);
        return (txnId, (Draw() % 10) switch
        {
            < 4 => $$"""{"txnId":"{{txnId}}","type":"BUY","shares":{{amount}}}""",
            < 7 => $$"""{"txnId":"{{txnId}}","type":"SELL","shares":{{amount}}}""",
            < 9 => $$"""{"txnId":"{{txnId}}","type":"INVEST","invested":0.{{amount}}5}""",
            _ => $$"""{"txnId":"{{txnId}}","type":"FEED","monkeys":{{amount}}}""",
        });
    }

    private async Task SendUntilAnsweredAsync((string TxnId, string Json)[] commands, Action answered)
    {
        var body = "[" + string.Join(',', commands.Select(command => command.Json)) + "]";
        while (true)
        {
            try
            {
                var results = _bySocket ? await AskAsync(body) : await PostAsync(body);
                if (results.Any(result => result.GetProperty("status").GetString() is "RATE_LIMITED" or "MARKET_CLOSED")) { continue; }
                for (var i = 0; i < commands.Length; i++) { Answers.Add(Told.Of(commands[i].TxnId, commands[i].Json, results[i])); }
                answered();
                return;
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException or WebSocketException or IOException or TimeoutException)
            {
                _socket?.Dispose();
                _socket = null;
                await Task.Yield();
            }
        }
    }

    private async Task<JsonElement[]> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync("/api/markets/banana/commands", content);
        if (!answer.IsSuccessStatusCode) { throw new HttpRequestException($"{(int)answer.StatusCode}"); }
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateArray().ToArray();
    }

    private async Task<JsonElement[]> AskAsync(string body)
    {
        _socket ??= await ConnectAsync();
        await SendAsync(_socket, body);
        while (true)
        {
            var frame = await ReceiveAsync(_socket);
            if (frame.TryGetProperty("results", out var results)) { return results.EnumerateArray().ToArray(); }
            if (frame.TryGetProperty("problem", out var problem)) { throw new IOException(problem.GetRawText()); }
        }
    }

    private async Task<ClientWebSocket> ConnectAsync()
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{node.Address.Authority}/ws/markets/banana"), CancellationToken.None).WaitAsync(AnswerPatience);
        await SendAsync(socket, $$$"""{"hello":{"team":"BONOBO","name":"{{{Name}}}","token":"{{{_token}}}","subscribe":["result"]}}""");
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None).WaitAsync(AnswerPatience);

    private static async Task<JsonElement> ReceiveAsync(ClientWebSocket socket)
    {
        using var whole = new MemoryStream();
        var part = new byte[16 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(part, CancellationToken.None).WaitAsync(AnswerPatience);
            if (received.MessageType is WebSocketMessageType.Close) { throw new IOException("closed"); }
            whole.Write(part, 0, received.Count);
            if (received.EndOfMessage) { return JsonDocument.Parse(whole.ToArray()).RootElement; }
        }
    }

    /// <summary>SplitMix64, so that a run can be told from its seed.</summary>
    private ulong Draw()
    {
        var z = _chance += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
}
