using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Market.Servers.Tests.Servers;

namespace Market.Servers.Tests.Cluster;

/// <summary>Traders on every shard that command without pause, and remember every answer.</summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Traders = 48;

    private const int SharesAtFirst = 5;

    /// <summary>Of each trader's answers, those asked for again: no more than the market remembers.</summary>
    private const int AskedAgain = 100;

    private readonly CancellationTokenSource _end = new();
    private readonly List<Bot> _bots = [];
    private readonly int[] _answered = new int[Traders];
    private readonly List<(string Command, JsonElement Result)>[] _told = [.. Enumerable.Range(0, Traders).Select(_ => new List<(string, JsonElement)>())];
    private readonly ConcurrentBag<(HttpStatusCode Code, string Body)> _refusals = [];
    private readonly Uri[] _doors;
    private Task _running = Task.CompletedTask;

    private Load(Uri[] doors) => _doors = doors;

    /// <summary>How often something was sent again because it was not answered.</summary>
    public int Repeats => _bots.Sum(bot => bot.Repeats);

    public IReadOnlyCollection<(HttpStatusCode Code, string Body)> Refusals => _refusals;

    public static async Task<Load> StartAsync(string name, Uri[] doors)
    {
        var load = new Load(doors);
        for (var i = 0; i < Traders; i++) { load._bots.Add(await Bot.JoinAsync(doors[i % doors.Length], $"{name}-{i}")); }
        load._running = Task.WhenAll(Enumerable.Range(0, Traders).Select(load.TradeAsync));
        return load;
    }

    /// <summary>Returns when every trader was answered something that it sent after this was called.</summary>
    public Task AllAnsweredAnewAsync()
    {
        var before = _answered.Select(answered => answered + 2).ToArray(); // one may be on its way
        return Eventually.TrueAsync(() => !_answered.Where((answered, bot) => Volatile.Read(ref _answered[bot]) < before[bot]).Any());
    }

    /// <summary>Ends the trading, and asks all of it again: the market must say what it said, and each trader must have what it was told last.</summary>
    public async Task EndAsync()
    {
        await _end.CancelAsync();
        await _running;
        for (var number = 0; number < Traders; number++) { await CheckAsync(_bots[number], _told[number]); }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var bot in _bots) { bot.Dispose(); }
        _end.Dispose();
    }

    private async Task CheckAsync(Bot bot, List<(string Command, JsonElement Result)> told)
    {
        foreach (var (command, result) in told.TakeLast(AskedAgain).Where((_, at) => at % 5 == 0))
        {
            var again = await bot.DoAsync(command, _doors);
            again.GetProperty("status").GetString().ShouldBe("DUPLICATE", command);
            again.GetProperty("first").GetString().ShouldBe(First(result), command);
            again.GetProperty("state").GetRawText().ShouldBe(result.GetProperty("state").GetRawText(), command);
        }
        var shares = SharesAtFirst + told.Count(one => Is(one, "BUY")) - told.Count(one => Is(one, "SELL"));
        foreach (var door in _doors) { await Eventually.TrueAsync(async () => (await bot.StateAsync(door)).GetProperty("shares").GetInt32() == shares); }
    }

    private static bool Is((string Command, JsonElement Result) told, string type) => First(told.Result) == "ACCEPTED" && told.Command.Contains(type, StringComparison.Ordinal);

    private static string? First(JsonElement result) =>
        result.GetProperty("status").GetString() is "DUPLICATE" ? result.GetProperty("first").GetString() : result.GetProperty("status").GetString();

    private async Task TradeAsync(int number)
    {
        var bot = _bots[number];
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        for (var i = 0; !_end.IsCancellationRequested; i++)
        {
            var command = $$"""{"txnId":"{{i}}","type":"{{(i % 2 == 0 ? "BUY" : "SELL")}}","shares":1}""";
            var (repeats, turn) = (bot.Repeats, number + i);
            _told[number].Add((command, await bot.DoAsync(command, [.. _doors.Skip(turn % _doors.Length), .. _doors.Take(turn % _doors.Length)])));
            if (bot.Repeats > repeats) { _refusals.Add(bot.LastRefusal); }
            Interlocked.Increment(ref _answered[number]);
            await pause.WaitForNextTickAsync();
        }
    }
}
