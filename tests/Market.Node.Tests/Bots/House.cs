using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Node.Bots;
using Market.Node.Config;
using Market.Node.Doors;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace Market.Node.Tests.Bots;

/// <summary>A node with its engine's thread, a clock moved by hand, and the house in it.</summary>
public sealed class House : IDisposable
{
    /// <summary>Ticks after which what a test waits for will not come any more.</summary>
    private const int MostTicks = 3_000;

    public static readonly MarketId Banana = MarketId.Of("banana");

    private readonly Hub _hub = new();
    private readonly MarketNode _node;
    private bool _disposed;

    private House(IJournal journal, BotOptions options, ManualTime time)
    {
        (Journal, Time) = (journal, time);
        var market = new MarketOptions(new MarketRules { Market = Banana }, Seed: 5);
        _node = new MarketNode(new NodeOptions { Markets = [market], Bots = options }, journal, () => journal, _hub, time, NullLogger<MarketNode>.Instance);
        Bots = new HouseBots(_node, _hub, options, time, NullLogger<HouseBots>.Instance);
    }

    public IJournal Journal { get; }

    public ManualTime Time { get; }

    public HouseBots Bots { get; }

    public Hub Hub => _hub;

    public RunningMarket Market => _node.Markets[Banana];

    public static async Task<House> OpenAsync(BotOptions options, IJournal? journal = null, ManualTime? time = null)
    {
        var house = new House(journal ?? new MemoryJournal(), options, time ?? new ManualTime());
        try
        {
            await house._node.StartAsync(default);
            await house.Bots.StartAsync(default);
            return house;
        }
        catch
        {
            house.Dispose();
            throw;
        }
    }

    /// <summary>A second house in the same node, not started.</summary>
    public HouseBots Another(BotOptions options) => new(_node, _hub, options, Time, NullLogger<HouseBots>.Instance);

    public TraderState? State(TraderKey trader) => Market.View.Trader(trader);

    public Task<Moved> MoveAsync(MarketAction action) => Market.Region.AskAsync<Moved>(to => new MoveMarket(action, to), default);

    /// <summary>One second, and all that it makes due. Asking wakes the engine; its answer comes after the views have heard.</summary>
    public async Task TickAsync()
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        try { await Market.Region.AskAsync<Moved>(to => new OpenMarket(1, to), default); }
        catch (UnansweredException) { } // the journal is down: that, too, was said by the engine
    }

    public async Task TicksAsync(int count)
    {
        for (var i = 0; i < count; i++) { await TickAsync(); }
    }

    /// <summary>Second after second until it is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var i = 0; i < MostTicks; i++)
        {
            if (isSo()) { return; }
            await TickAsync();
            await Task.Yield();
        }
        throw new ShouldAssertException($"After {MostTicks} ticks it is not so that {what}.");
    }

    /// <summary>The txnId of every answer in the journal, with its trader's shard and slot. After the engine has stopped.</summary>
    public IReadOnlyList<string> TxnIds()
    {
        var found = new List<string>();
        var replays = Journal.Streams().ToDictionary(stream => stream, stream => new StreamReplay(stream, new Fold(stream.Shard, found)));
        foreach (var turn in Journal.Read(replays.Keys.ToDictionary(stream => stream, _ => 1L))) { replays[turn.Stream].Turn(turn); }
        return found;
    }

    /// <summary>Stops the house, then the node; the journal stays.</summary>
    public async Task CloseAsync()
    {
        await Bots.StopAsync(default);
        Dispose();
    }

    public void Dispose()
    {
        if (_disposed) { return; }
        _disposed = true;
        Bots.Dispose();
        _node.Dispose();
    }

    private sealed class Fold(int shard, List<string> found) : IEventFold
    {
        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (happened.IsAnswer) { found.Add($"{shard}/{slot} {txnId}"); }
        }

        public void On(MarketEvent happened, Timestamp time)
        {
        }
    }
}
