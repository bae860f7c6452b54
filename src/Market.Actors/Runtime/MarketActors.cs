using Market.Actors.Answers;
using Market.Actors.Chance;
using Market.Actors.Clock;
using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Runtime;

/// <summary>
/// The actors of which a market has one each: its clock, price, plantation and gibber. Every shard has this; each actor lives where
/// its messages are sent, and rests elsewhere.
/// </summary>
internal sealed class MarketActors(ShardState state, Turn turn, Outbound outbound, MarketRules rules)
{
    /// <summary>Most that one turn harvests, so that a crowd of investments does not make a turn without end.</summary>
    private const int MaxHarvestsPerTurn = 1_000;

    private ulong _seed;
    private PriceDecider? _price;
    private PlantationDecider? _plantation;

    public void Message(ActorMessage message)
    {
        var clock = state.Floor.Clock;
        switch (message)
        {
            case ClockMoved m: turn.Happen(new FloorMoved(m.Status, m.ElapsedMs, m.Since, m.Seed)); break;
            case PriceMoved m: turn.Happen(new FloorPriced(m.Seq, m.Price)); break;
            case Plant m: turn.Happen(Plantation().Plant(state.Plantation, m, clock.At(turn.Time))); break;
            case TalkHeard m: turn.Happen(Price().Hear(state.Price, m, rules.Gibber.CoinsPerPoint, clock.At(turn.Time))); break;
            default: throw new InvariantBrokenException($"No actor here knows the message {message.GetType().Name}.");
        }
    }

    /// <summary>Whatever is due by now.</summary>
    public void TimePassed()
    {
        var clock = state.Floor.Clock;
        if (clock.IsRunning && state.Placement.PriceShard == state.Shard)
        {
            var marketMs = clock.At(turn.Time);
            if (state.Price.BurstStep is not null && state.Price.NextBurstMs <= marketMs) { turn.Happen(Price().Burst(state.Price, marketMs)); }
            if (state.Price.NextTickMs <= marketMs) { turn.Happen(Price().Tick(state.Price, marketMs, turn.Time)); }
        }
        for (var i = 0; i < MaxHarvestsPerTurn && PlantationDecider.IsDue(state.Plantation, clock, turn.Time); i++)
        {
            turn.Happen(new Harvested(state.Plantation.Next!.Value.Number));
        }
    }

    /// <summary>When something is due next; null when nothing is.</summary>
    public Timestamp? NextDue()
    {
        var clock = state.Floor.Clock;
        if (clock.Status is MarketStatus.Ended && state.Plantation.InFlight > 0) { return turn.Time; }
        if (!clock.IsRunning) { return null; }
        var due = state.Plantation.Next?.DueMs ?? long.MaxValue;
        if (state.Placement.PriceShard == state.Shard)
        {
            due = Math.Min(due, state.Price.NextTickMs);
            if (state.Price.BurstStep is not null) { due = Math.Min(due, state.Price.NextBurstMs); }
        }
        return due == long.MaxValue ? null : clock.When(due);
    }

    public void Open(OpenMarket request)
    {
        var opens = !state.Market.IsOpened;
        if (opens) { turn.Happen(new MarketOpened(rules.Market, request.Seed, rules.Shards, RulesCodec.Write(rules))); }
        outbound.Reply(request, new Moved(opens, state.Market.Clock.Status));
    }

    public void Move(MoveMarket request)
    {
        var moved = state.Market.IsOpened ? MarketDecider.Decide(state.Market, request.Action, turn.Time) : null;
        if (moved is not null) { turn.Happen(moved); }
        outbound.Reply(request, new Moved(moved is not null, state.Market.Clock.Status));
    }

    public void Post(PostGibb request)
    {
        var posted = GibberDecider.Decide(
            state.Gibber, request.Author, request.Text, request.Source, state.Floor.Clock, rules.Gibber, turn.Time);
        turn.Happen(posted);
        outbound.Reply(request, posted.Gibb);
    }

    private PriceDecider Price()
    {
        Seed();
        return _price ??= new PriceDecider(rules.Price, Stream("price"), Stream("price/bubbles"));
    }

    private PlantationDecider Plantation()
    {
        Seed();
        return _plantation ??= new PlantationDecider(rules.Plantation, Stream("plantation"));
    }

    private ChanceStream Stream(string actor) => ChanceStream.For(_seed, $"/{rules.Market}/{actor}");

    private void Seed()
    {
        if (_seed == state.Floor.Seed) { return; }
        (_seed, _price, _plantation) = (state.Floor.Seed, null, null);
    }
}
