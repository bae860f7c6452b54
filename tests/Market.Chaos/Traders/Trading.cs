using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Market.Actors.Runtime;
using Market.Protocol.Values;
using Market.Servers;

namespace Market.Chaos.Traders;

/// <summary>All traders of a run: the same number on every shard, so that the silence of any of them is noticed.</summary>
internal sealed class Trading : IAsyncDisposable
{
    /// <summary>Traders whose answers share a file: what is compared with the journal at once must fit into memory.</summary>
    private const int TradersAFile = 8;

    private readonly List<Trader> _traders = [];
    private readonly List<StreamWriter> _files = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _late = new();
    private Task _running = Task.CompletedTask;

    public IReadOnlyList<Trader> Traders => _traders;

    /// <summary>Where the answers are, a line each.</summary>
    public IReadOnlyList<string> Files { get; private set; } = [];

    /// <summary>Lets traders join, so many on each shard; each then goes by one of the doors, in turn.</summary>
    public static async Task<Trading> JoinAsync(Uri node, IReadOnlyList<IDoor> doors, Pulses pulses, string folder, int tradersAShard, ulong seed)
    {
        var trading = new Trading();
        var placement = new Placement(MarketId.Of("banana"), pulses.Shards);
        using var http = new HttpClient { BaseAddress = node };
        for (var number = 0; number < tradersAShard * pulses.Shards; number++)
        {
            if (number % TradersAFile == 0) { trading._files.Add(new StreamWriter(Path.Combine(folder, $"told-{trading._files.Count}.jsonl"))); }
            var shard = number % pulses.Shards;
            var pass = await JoinAsync(http, NameOn(placement, shard, number));
            var turn = number / pulses.Shards; // so that each shard has traders at every door and at every node
            trading._traders.Add(new Trader(new Account(pass, trading._files[^1]), shard, turn, doors[turn % doors.Count], pulses, seed + (ulong)number));
        }
        trading.Files = [.. trading._files.Select(file => ((FileStream)file.BaseStream).Name)];
        return trading;
    }

    /// <param name="ordersPerSecond">Of all together, while they are answered.</param>
    public void Start(int ordersPerSecond)
    {
        var betweenFrames = TimeSpan.FromSeconds((double)Trader.CommandsAFrame * _traders.Count / ordersPerSecond);
        _running = Task.WhenAll(_traders.Select(trader => trader.RunAsync(betweenFrames, _stop.Token, _late.Token)));
    }

    /// <summary>No new commands; returns when all that was sent is answered.</summary>
    /// <param name="patience">What is not answered by then is wrong.</param>
    public async Task StopAsync(TimeSpan patience)
    {
        await _stop.CancelAsync();
        _late.CancelAfter(patience);
        await _running;
        foreach (var file in _files) { await file.DisposeAsync(); }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _late.CancelAsync();
        await _running;
        foreach (var file in _files) { await file.DisposeAsync(); }
        _stop.Dispose();
        _late.Dispose();
    }

    private static string NameOn(Placement placement, int shard, int number)
    {
        for (var i = 0; ; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"day-{number}-{i}");
            if (placement.Of(new TraderKey("BONOBO", name)) == shard) { return name; }
        }
    }

    private static async Task<Pass> JoinAsync(HttpClient http, string name)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await http.PostAsJsonAsync("api/markets/banana/traders", new { team = "BONOBO", name }, late.Token);
            if (answer.IsSuccessStatusCode) { return new Pass("BONOBO", name, (await answer.Content.ReadFromJsonAsync<JsonElement>(late.Token)).GetProperty("token").GetString()!); }
            if (answer.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests)) { throw new InvalidOperationException($"{name} cannot join: {await answer.Content.ReadAsStringAsync(late.Token)}"); }
            await Pause.ForAsync(TimeSpan.FromMilliseconds(100), late.Token);
        }
    }
}
