using Market.Actors.Chance;
using Market.Actors.Gibber;
using Market.Actors.Journal;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Audit;

/// <summary>
/// One shard's journal, gone through event by event: each is decided again from the state before it and must come out the same, and the
/// state after it must agree with the plain sums of the ledger.
/// </summary>
internal sealed class ShardAudit : IEventFold
{
    private readonly StreamId _stream;
    private readonly MarketRules _rules;
    private readonly Findings _findings;
    private readonly InvestmentBook _investments;
    private readonly Dictionary<long, Coins> _ticks;
    private readonly List<Ledger> _ledgers = [];
    private readonly List<(long Seq, Coins Price)> _floorPrices = [];

    /// <param name="ticks">The market's prices by number, filled by whichever shard draws them.</param>
    public ShardAudit(StreamId stream, Placement placement, MarketRules rules, Findings findings, InvestmentBook investments, Dictionary<long, Coins> ticks)
    {
        (_stream, _rules, _findings, _investments, _ticks) = (stream, rules, findings, investments, ticks);
        State = new ShardState(stream.Shard, placement, rules.Traders.RememberedAnswers);
    }

    public ShardState State { get; }

    /// <summary>Number of the event being looked at.</summary>
    public long Sequence { get; private set; }

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
    {
        Sequence++;
        if ((uint)slot >= (uint)State.Traders.Count)
        {
            throw new InvariantBrokenException($"Trader number {slot} acts before it joined.");
        }
        var before = State.Traders[slot];
        if (happened.IsAnswer) { CheckAnswer(before, happened, txnId); }
        DecideAgain(before, happened);
        Book(before.Key, happened, txnId);
        State.On(slot, happened, txnId, time);
        CheckState(slot, happened);
    }

    public void On(MarketEvent happened, Timestamp time)
    {
        Sequence++;
        switch (happened)
        {
            case TraderJoined: _ledgers.Add(default); break;
            case PriceTicked e: Require(e == Price().Tick(State.Price, MarketMs(time), time), 9, "a tick is what the seed draws"); _ticks[e.Tick.Seq] = e.Tick.Price; break;
            case HypeMoved e: Require(e == Price().Hear(State.Price, new TalkHeard(e.Points), _rules.Gibber.CoinsPerPoint, MarketMs(time)), 9, "hype moves as the seed draws"); break;
            case BurstStepped e: Require(State.Price.BurstStep is not null && e == Price().Burst(State.Price, MarketMs(time)), 9, "a bubble bursts step by step"); break;
            case Planted e: Require(e == Plantation().Plant(State.Plantation, new Plant(e.Trader, e.TxnId, e.Amount), MarketMs(time)), 9, "an investment grows as the seed draws"); _investments.Planted(e); break;
            case GibbPosted e: Require(Again(e.Gibb, time) == e, 9, "a gibb is scored by the rules"); break;
            case RequestAnswered e: Require(!State.Requests.Holds(e.Id), 4, "a request is done once"); break;
            case FloorPriced e: _floorPrices.Add((e.Seq, e.Price)); Require(e.Seq > State.Floor.PriceSeq, 9, "prices come in order"); break;
        }
        State.On(happened, time);
    }

    /// <summary>What could not be checked before all shards were read.</summary>
    public void Close(IReadOnlyList<ShardState> shards)
    {
        foreach (var (seq, price) in _floorPrices)
        {
            Require(_ticks.TryGetValue(seq, out var drawn) && drawn == price, 8, $"the price {price} of tick {seq} was drawn for this market");
        }
        for (var peer = 0; peer < shards.Count; peer++)
        {
            var (ours, theirs) = (State.Links[peer], shards[peer].Links[State.Shard]);
            Require(ours.Received < theirs.NextNumber, 8, $"what was received of shard {peer} was sent by it");
            Require(ours.FirstOwed - 1 <= theirs.Received, 8, $"what shard {peer} is said to have acknowledged was received there");
        }
    }

    private void CheckAnswer(in TraderEntry before, in TraderEvent happened, ReadOnlySpan<char> txnId)
    {
        var (id, check) = StableHash.Hash128(txnId);
        Require(before.Answers is null || !before.Answers.TryFind(id, check, out _), 4, $"{before.Key} has one answer to {txnId}");
        Require(State.Floor.Clock.IsRunning, 9, "commands are taken while the market runs");
        if (happened.HasPrice) { Require(happened.Price == State.Floor.Price, 8, $"{before.Key} trades at the market's price"); }
    }

    private void DecideAgain(in TraderEntry before, in TraderEvent happened)
    {
        var again = happened.IsAnswer
            ? TraderDecider.Decide(before.State, new TraderCommand(happened.Command, "", happened.Amount, happened.SentAt), State.Floor.Price, _rules.Traders)
            : TraderDecider.Return(before.State, new Coins(happened.Amount));
        Require(again == happened, 9, $"deciding again gives {again.Type} {again.Status}");
    }

    private void Book(TraderKey trader, in TraderEvent happened, ReadOnlySpan<char> txnId)
    {
        if (happened.Type is TraderEventType.Invested) { _investments.Invested(_stream, trader, txnId.ToString(), happened.Amount); }
        if (happened.Type is TraderEventType.Returned) { _investments.Returned(trader, txnId.ToString(), happened.Amount); }
    }

    private void CheckState(int slot, in TraderEvent happened)
    {
        ref var ledger = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_ledgers)[slot];
        ledger.Enter(happened);
        var entry = State.Traders[slot];
        var state = entry.State;
        Require(state.Coins.Micro >= 0 && state.Shares >= 0 && state.InFlightInvestments >= 0, 1, $"{entry.Key} owes nothing");
        Require(ledger.CoinsAgree(state), 2, $"{entry.Key} has the coins its history gives");
        Require(ledger.SharesAgree(state), 3, $"{entry.Key} has the shares its history gives");
    }

    private long MarketMs(Timestamp time) => State.Floor.Clock.At(time);

    private GibbPosted Again(Gibb gibb, Timestamp time) =>
        GibberDecider.Decide(State.Gibber, gibb.Author, gibb.Text, gibb.Source, State.Floor.Clock, _rules.Gibber, time);

    private PriceDecider Price() => new(_rules.Price, Stream("price"), Stream("price/bubbles"));

    private PlantationDecider Plantation() => new(_rules.Plantation, Stream("plantation"));

    private ChanceStream Stream(string actor) => ChanceStream.For(State.Floor.Seed, $"/{_rules.Market}/{actor}");

    private void Require(bool holds, int invariant, string what)
    {
        _findings.Checks[invariant]++;
        if (!holds) { _findings.Add(new Finding(invariant, _stream, Sequence, $"does not hold: {what}")); }
    }

    private void Require(bool holds, int invariant, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument(nameof(holds))] ref WhenBroken what)
    {
        _findings.Checks[invariant]++;
        if (!holds) { _findings.Add(new Finding(invariant, _stream, Sequence, $"does not hold: {what.ToStringAndClear()}")); }
    }
}
