using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Market.Node.Tests.Hostile;

/// <summary>A trader that behaves, while others do not: each of its commands must be answered by the rules, in time.</summary>
internal sealed class GoodTrader(Uri node, string name, string token) : IDisposable
{
    private static readonly string[] ByTheRules = ["ACCEPTED", "INSUFFICIENT_COINS", "INSUFFICIENT_SHARES"];

    /// <summary>Commands, however few the inputs are.</summary>
    private const int Fewest = 20;

    private readonly HttpClient _http = new() { BaseAddress = node, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
    private readonly ClientWebSocket _socket = new();
    private int _sent;

    public int Accepted { get; private set; }

    public int Refused { get; private set; }

    public TimeSpan Longest { get; private set; }

    public Task ByHttpAsync(CancellationToken stop) => TradeAsync(PostAsync, stop);

    public async Task BySocketAsync(CancellationToken stop)
    {
        await _socket.ConnectAsync(new UriBuilder(node) { Scheme = "ws", Path = "/ws/markets/banana" }.Uri, CancellationToken.None);
        await SayAsync($"{{\"hello\":{{\"team\":\"BONOBO\",\"name\":\"{name}\",\"token\":\"{token}\",\"subscribe\":[\"price\"]}}}}");
        await HearAsync("welcome");
        await TradeAsync(ExchangeAsync, stop);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task TradeAsync(Func<string, Task<JsonElement>> ask, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested || _sent < Fewest)
        {
            var clock = Stopwatch.StartNew();
            var result = await ask(Command(_sent++)).WaitAsync(Wire.Deadline, CancellationToken.None);
            if (clock.Elapsed > Longest) { Longest = clock.Elapsed; }
            var status = result.GetProperty("status").GetString()!;
            ByTheRules.ShouldContain(status);
            if (status == "ACCEPTED") { Accepted++; }
            else { Refused++; }
        }
    }

    private static string Command(int number)
    {
        var what = (number % 4) switch
        {
            0 => "\"type\":\"BUY\",\"shares\":1",
            1 => "\"type\":\"SELL\",\"shares\":1",
            2 => "\"type\":\"SELL\",\"shares\":1000",
            _ => "\"type\":\"INVEST\",\"invested\":0.01",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{{\"txnId\":\"good-{number}\",{what}}}");
    }

    private async Task<JsonElement> PostAsync(string command)
    {
        using var answer = await _http.PostAsync("/api/markets/banana/commands", new StringContent(command, Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task<JsonElement> ExchangeAsync(string command)
    {
        await SayAsync(command);
        return await HearAsync("result");
    }

    private Task SayAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    /// <summary>The next message of this key; prices go by.</summary>
    private async Task<JsonElement> HearAsync(string key)
    {
        var bytes = new byte[16 * 1024];
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _socket.ReceiveAsync(bytes.AsMemory(length), CancellationToken.None);
                part.MessageType.ShouldNotBe(WebSocketMessageType.Close);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            var message = JsonDocument.Parse(bytes.AsMemory(0, length)).RootElement;
            if (message.TryGetProperty(key, out var found)) { return found.Clone(); }
            message.TryGetProperty("price", out _).ShouldBeTrue(message.GetRawText());
        }
    }
}
