using System.Runtime.CompilerServices;
using System.Text.Json;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Node.Doors;
using Market.Node.Doors.Http;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire.Json;

namespace Market.Node.Inspection;

/// <summary>Looks at one actor: what it knows, on its shard's own thread, a bounded number of things.</summary>
public sealed class ActorLooks(MarketNode node, Membership members, Owners owners, ShardLooks shards)
{
    /// <summary>Answers, ticks or posts shown of an actor.</summary>
    private const int Last = 5;

    /// <summary>What a trader's two names take beside their letters.</summary>
    private const int KeyBytes = 100;

    public async Task ShowAsync(HttpContext http)
    {
        if (await owners.PathAsync(http) is { } path) { await ShowAsync(http, path); }
    }

    internal async Task ShowAsync(HttpContext http, ActorPath path)
    {
        if (owners.StreamOf(path) is not { } stream)
        {
            await Problem.NotFound($"{path} is no actor; what is below it shows: actor hierarchy {path}").SendAsync(http);
            return;
        }
        if (await owners.LookAsync(http, stream, shard => Look(shard, path)) is not { } seen) { return; }
        if (seen.State is null)
        {
            await Problem.NotFound($"There is no trader {path.Trader} in {path.Market}.").SendAsync(http);
            return;
        }
        await Gate.SendAsync(http, new ShownActor(
            path.ToString(), path.Kind.ToString().ToLowerInvariant(), members.Self, ShardLooks.PathOf(stream), seen.Sequence, seen.Mailbox,
            Gate.Element(seen.State), [.. seen.Last.Select(Gate.Element), .. Told(path)], seen.MemoryBytes));
    }

    /// <summary>What was seen, copied: nothing of it changes when the shard goes on.</summary>
    private sealed record Seen(long Sequence, ShownMailbox Mailbox, object? State, IReadOnlyList<object> Last, long? MemoryBytes = null);

    private Seen Look(Shard shard, ActorPath path)
    {
        var state = shard.State;
        var mailbox = new ShownMailbox(shard.Mailbox.Depth, shard.Mailbox.Capacity);
        return path.Kind switch
        {
            ActorKind.Trader => Look(shard, path.Trader!, mailbox),
            ActorKind.Market => new Seen(shard.NextSequence, mailbox, new { status = Frames.Name(state.Market.Clock.Status), elapsedMs = state.Market.Clock.At(shard.Time), shards = state.Market.Shards }, []),
            ActorKind.Price => new Seen(shard.NextSequence, mailbox, PriceOf(state), []),
            ActorKind.Plantation => new Seen(shard.NextSequence, mailbox, PlantationOf(state), []),
            ActorKind.Gibber => new Seen(shard.NextSequence, mailbox, new { posted = state.Gibber.Posted, countedLately = state.Gibber.Counted.Count }, []),
            _ => new Seen(shard.NextSequence, mailbox, shards.Show(shard), []),
        };
    }

    private static Seen Look(Shard shard, TraderKey trader, ShownMailbox mailbox)
    {
        if (!shard.State.Traders.TryFind(trader, out var slot)) { return new Seen(shard.NextSequence, mailbox, null, []); }
        ref var entry = ref shard.State.Traders[slot];
        var remembered = entry.Answers?.Count ?? 0;
        var last = new List<object>();
        for (var i = Math.Max(0, remembered - Last); i < remembered; i++) { last.Add(Answer(entry.Answers!.At(i).Answer)); }
        var bytes = Unsafe.SizeOf<TraderEntry>() + KeyBytes + (2 * (trader.Team.Length + trader.Name.Length)) + ((long)remembered * (Unsafe.SizeOf<RememberedAnswer>() + sizeof(ulong) + sizeof(ushort)));
        return new Seen(shard.NextSequence, mailbox, new { trader = StateOf(entry.State), slot, rememberedAnswers = remembered }, last, bytes);
    }

    private static object Answer(in RememberedAnswer answer) => new
    {
        type = answer.Command.ToString().ToUpperInvariant(),
        amount = answer.Command is CommandType.Invest ? new Coins(answer.Amount).ToDecimal() : answer.Amount,
        status = answer.Status.Name(),
        price = answer.Command is CommandType.Buy or CommandType.Sell ? answer.Price.ToDecimal() : (decimal?)null,
        coins = answer.State.Coins.ToDecimal(),
        shares = answer.State.Shares,
    };

    private static JsonElement StateOf(TraderState state) => Gate.Element(json => MessageWriter.Write(json, state));

    private static object PriceOf(ShardState state) => new
    {
        seq = state.Price.Last.Seq,
        coins = state.Price.Last.Price.ToDecimal(),
        hype = state.Price.Hype.ToDecimal(),
        forecast = state.Price.Last.Forecast,
        @base = state.Price.Last.Base,
        burstStep = state.Price.BurstStep,
        nextTickMs = state.Price.NextTickMs,
    };

    private static object PlantationOf(ShardState state) => new
    {
        planted = state.Plantation.Planted,
        total = state.Plantation.Total.ToDecimal(),
        growing = state.Plantation.InFlight,
        next = state.Plantation.Next is { } next
            ? new { number = next.Number, trader = next.Trader.ToString(), txnId = next.TxnId, harvest = next.Harvest.ToDecimal(), dueMs = next.DueMs }
            : null,
    };

    /// <summary>What an actor told last that everybody may see.</summary>
    private IEnumerable<JsonElement> Told(ActorPath path)
    {
        var view = node.Markets[path.Market].View;
        return path.Kind switch
        {
            ActorKind.Price => view.PricesFrom(Math.Max(0, view.Summary.Price.Seq - Last + 1), Last).Select(tick => Gate.Element(json => MessageWriter.Write(json, path.Market, tick))),
            ActorKind.Gibber => view.LastGibbs(Last).Select(gibb => Gate.Element(json => MessageWriter.Write(json, gibb))),
            _ => [],
        };
    }
}
