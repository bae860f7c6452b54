using Market.Actors.Journal;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Simulation;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Simulation.Tests.Planted;

/// <summary>One answer fewer is remembered of each trader than was promised.</summary>
internal sealed class ForgottenTxnId : Saboteur
{
    public override MarketRules Rules(MarketRules sound)
    {
        Struck++;
        return sound with { Traders = sound.Traders with { RememberedAnswers = sound.Traders.RememberedAnswers - 1 } };
    }
}

/// <summary>The bailout of the originals.</summary>
internal sealed class HelpBeforeTheCheck : Saboteur
{
    public override MarketRules Rules(MarketRules sound)
    {
        Struck++;
        return sound with { Traders = sound.Traders with { HelpsBeforeTheCheck = true } };
    }
}

/// <summary>After a recovery shards take turns for mail only.</summary>
internal sealed class NoTimers : Saboteur
{
    private bool _recovered;

    public override void Started(Machine machine) => _recovered = machine.World.Disk.Log.Count > 0;

    public override bool LetsTurn(Shard shard)
    {
        if (!_recovered || shard.Mailbox.HasMail) { return true; }
        Struck++;
        return false;
    }
}

/// <summary>An investment that is refused for want of coins brings coins.</summary>
internal sealed class RefundedRefusal : Saboteur
{
    public override IJournal Journal(IJournal sound, Machine machine) => new WithAppend(sound, turns =>
    {
        foreach (var turn in turns)
        {
            var header = TurnFormat.Open(turn.Bytes.Span);
            var shard = machine.Engine.Shards.Single(one => one.Stream == turn.Stream);
            EventReader.Read(turn.Bytes.Span[TurnFormat.HeaderLength..], header.Count, header.Time, new Refunds(this, shard.State));
        }
        sound.Append(turns);
    });

    private sealed class Refunds(RefundedRefusal saboteur, ShardState live) : IEventFold
    {
        public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
        {
            if (happened is not { Type: TraderEventType.Refused, Command: CommandType.Invest, Amount: < 100_000_000 }) { return; }
            saboteur.Struck++;
            ref var entry = ref live.Traders[slot];
            entry.State = entry.State with { Coins = entry.State.Coins + new Coins(happened.Amount) };
        }

        public void On(MarketEvent happened, Timestamp time)
        {
        }
    }
}

/// <summary>A step of a burst multiplies what is left of the hype of when the bubble began: talk of meanwhile is forgotten.</summary>
internal sealed class StaleBurst : Saboteur
{
    private readonly Dictionary<MarketId, Coins> _left = [];
    private World? _world;

    public override void Started(Machine machine) => _world = machine.World;

    public override void BeforeTurn(Shard shard)
    {
        var (price, market, world) = (shard.State.Price, shard.Stream.Market, _world!);
        if (shard.State.Placement.PriceShard != shard.Stream.Shard || price.BurstStep is not { } step) { return; }
        if (step == 0 && !_left.ContainsKey(market)) { _left[market] = price.Hype; }
        if (step == 0 || !_left.TryGetValue(market, out var left) || shard.Mailbox.HasMail) { return; }
        var now = world.Now > shard.Time ? world.Now : shard.Time;
        if (!shard.State.Floor.Clock.IsRunning || shard.State.Floor.Clock.At(now) < price.NextBurstMs) { return; }
        foreach (var done in BurstSteps.Default.Take(step)) { left = PriceFormula.AfterStep(left, done); }
        if (left == price.Hype) { return; }
        Struck++;
        shard.State.Price = price with { Hype = left };
    }
}

/// <summary>Some answers go to whoever asked before.</summary>
internal sealed class WrongAsker : Saboteur
{
    private (long Tag, Letter Letter)? _before;

    public override long Tag(long sound, Letter letter)
    {
        var before = _before;
        _before = letter is { Client: not null, Ask: null } ? (sound, letter) : null;
        if (before is not { } other || _before is null || other.Letter.Door != letter.Door || other.Letter.Client != letter.Client || sound % 5 != 0) { return sound; }
        Struck++;
        return other.Tag;
    }
}
