using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Simulation;

/// <summary>
/// One shard's journal from nothing, event by event: the state a replay gives, and what the shard's actors have heard so far.
/// </summary>
internal sealed class ShardOracle : IEventFold
{
    private readonly MarketOracle _market;
    private readonly StreamReplay _replay;
    private readonly List<TraderRecord> _slots = [];
    private readonly HashSet<int> _touched = [];

    public ShardOracle(MarketOracle market, int number)
    {
        (_market, Number) = (market, number);
        Replayed = new ShardState(number, market.Placement, market.Rules.Traders.RememberedAnswers);
        _replay = new StreamReplay(new StreamId(market.Rules.Market, number), this);
    }

    public int Number { get; }

    /// <summary>The state that the journal gives, from nothing.</summary>
    public ShardState Replayed { get; }

    public IReadOnlyList<TraderRecord> Slots => _slots;

    public long NextSequence => _replay.NextSequence;

    public Timestamp Time => _replay.Time;

    /// <summary>How many of the market's moves this floor has heard.</summary>
    public int MovesHeard { get; private set; }

    /// <summary>The game as this floor has heard of it.</summary>
    public HeardClock Clock { get; private set; }

    /// <summary>The last append before which this floor was closed.</summary>
    public int ClosedUntil { get; private set; }

    public long PriceSeq { get; private set; }

    public Coins Price { get; private set; } = Coins.Whole(1);

    /// <summary>Slots of traders that changed since they were last asked for.</summary>
    public HashSet<int> Touched => _touched;

    private Laws Laws => _market.Laws;

    public void Judge(in JournaledTurn turn)
    {
        var time = TurnFormat.Open(turn.Bytes.Span).Time;
        Laws.Require(time >= Time, Law.TimeNeverGoesBack, $"{turn.Stream}: a turn at {time} follows one at {Time}.");
        try
        {
            _replay.Turn(turn);
        }
        catch (JournalCorruptException corrupt)
        {
            Laws.Break(Law.ReplayGivesTheState, corrupt.Message);
        }
    }

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time)
    {
        var trader = _slots[slot];
        _touched.Add(slot);
        var id = txnId.ToString();
        var bailouts = trader.Twin.Bailouts;
        if (happened.IsAnswer) { Decide(trader, happened, id, time); }
        else { Return(trader, happened, id, time); }
        Laws.Require(trader.Twin.Bailouts > bailouts == happened.BailedOut, Law.TradersByTheRules, $"{trader.Key}, {id}: {(happened.BailedOut ? "was" : "was not")} bailed out.");
        Replayed.On(slot, happened, txnId, time);
        var after = Replayed.Traders[slot].State;
        Laws.Require(after == trader.Twin.State, Law.TradersByTheRules, $"{trader.Key} has {after} after {id}; by the rules {trader.Twin.State}.");
        trader.Enter(happened, after, _market.Appends);
        Expect(trader, happened, id, after);
    }

    public void On(MarketEvent happened, Timestamp time)
    {
        switch (happened)
        {
            case TraderJoined e: Join(e, time); break;
            case MarketOpened e: Open(e, time); break;
            case MarketMoved e: Move(e, time); break;
            case FloorMoved e: Hear(e); break;
            case FloorPriced e: Hear(e); break;
            case PriceTicked e: PriceOracle.Tick(_market, Clock, e, time); break;
            case HypeMoved e: PriceOracle.Hear(_market, Clock, e, time); break;
            case BurstStepped e: PriceOracle.Step(_market, Clock, e, time); break;
            case GibbPosted e: PriceOracle.Post(_market, Clock.IsRunning, e.Gibb, time); break;
            case Planted e: PlantationOracle.Plant(_market, Clock, e, time); break;
            case Harvested e: PlantationOracle.Harvest(_market, Clock, e, time); break;
        }
        Replayed.On(happened, time);
    }

    private void Decide(TraderRecord trader, in TraderEvent happened, string id, Timestamp time)
    {
        var command = new TraderCommand(happened.Command, id, happened.Amount, happened.SentAt);
        Laws.Require(trader.Twin.Again(command) is null, Law.OneEffectOneAnswer, $"{id} of {trader.Key} was answered before, and is acted on again.");
        Laws.Require(Clock.IsRunning, Law.GamesByTheRules, $"{id} of {trader.Key} is acted on while the floor is {Clock.Status}.");
        _market.Coverage.See(Sight.ForgottenAndDoneAgain, trader.AnswersTo(id).Count > 0);
        var answer = trader.Twin.Do(command, Price.Micro / 1_000_000m, _market.Rules.Traders.RememberedAnswers, time);
        Laws.Require(answer.Status == happened.Status, Law.TradersByTheRules, $"{id} of {trader.Key}, {command.Type} {command.Amount} at {Price}: {happened.Status}; by the rules {answer.Status}.");
        Laws.Require(!happened.HasPrice || happened.Price == Price, Law.PricesByTheRules, $"{id} of {trader.Key} was decided at {happened.Price}, but its floor heard {Price}.");
        if (happened.Type is TraderEventType.Invested) { _market.Investments.Invested(trader.Key, id, happened.Amount / 1_000_000m); }
    }

    private void Return(TraderRecord trader, in TraderEvent happened, string id, Timestamp time)
    {
        var coins = happened.Amount / 1_000_000m;
        _market.Investments.Returned(trader.Key, id, coins);
        trader.Twin.Return(coins, time);
        _market.Coverage.See(Sight.HarvestAfterEnd, Clock.Status is MarketStatus.Ended);
    }

    /// <summary>What is going to be said of it.</summary>
    private void Expect(TraderRecord trader, in TraderEvent happened, string id, in TraderState after)
    {
        if (happened.IsAnswer)
        {
            var command = new TraderCommand(happened.Command, id, happened.Amount);
            var price = happened.HasPrice ? happened.Price : (Coins?)null;
            trader.Answered(new Decided(command, new Result { TxnId = id, Type = Result.TypeOf(command.Type), Status = happened.Status, Price = price, State = after }));
        }
        else
        {
            trader.Expect(new Result { TxnId = id, Type = ResultType.Return, Status = Status.Accepted, Amount = new Coins(happened.Amount), State = after });
        }
        if (!happened.BailedOut) { return; }
        trader.Expect(new Result { TxnId = id, Type = ResultType.Bailout, Status = Status.Accepted, Amount = Coins.Whole(10), State = after });
        _market.Coverage.See(happened.IsAnswer ? Sight.BailedOutByCommand : Sight.BailedOutByReturn);
    }

    private void Join(TraderJoined happened, Timestamp time)
    {
        var record = new TraderRecord(happened.Trader, _slots.Count, _market.Appends, time);
        _slots.Add(record);
        _touched.Add(record.Slot);
        Laws.Require(_market.Traders.TryAdd(happened.Trader, record), Law.OneEffectOneAnswer, $"{happened.Trader} joined twice.");
    }

    private void Open(MarketOpened happened, Timestamp time)
    {
        Laws.Require(_market.Moves.Count == 0, Law.GamesByTheRules, $"{happened.Market} was opened twice.");
        _market.Moves.Add((new HeardClock(MarketStatus.Open, 0, time), _market.Appends));
    }

    private void Move(MarketMoved happened, Timestamp time)
    {
        var before = _market.Moves[^1].Clock;
        var fits = (before.Status, happened.Status) is (MarketStatus.Open or MarketStatus.Paused, MarketStatus.Running)
            or (MarketStatus.Running, MarketStatus.Paused) or (not MarketStatus.Ended, MarketStatus.Ended);
        var elapsed = before.At(time);
        Laws.Require(fits, Law.GamesByTheRules, $"{before.Status} cannot become {happened.Status}.");
        Laws.Require(elapsed == happened.ElapsedMs, Law.GamesByTheRules, $"the game ran {happened.ElapsedMs} ms; by the rules {elapsed}.");
        _market.Moves.Add((new HeardClock(happened.Status, happened.ElapsedMs, time), _market.Appends));
        _market.Coverage.See(Sight.Paused, happened.Status is MarketStatus.Paused);
        _market.Coverage.See(Sight.Resumed, before.Status is MarketStatus.Paused && happened.Status is MarketStatus.Running);
        _market.Coverage.See(Sight.Ended, happened.Status is MarketStatus.Ended);
    }

    private void Hear(FloorMoved happened)
    {
        var told = MovesHeard < _market.Moves.Count ? _market.Moves[MovesHeard].Clock : default;
        var heard = new HeardClock(happened.Status, happened.ElapsedMs, happened.Since);
        Laws.Require(told == heard, Law.GamesByTheRules, $"shard {Number} heard {heard}; it was told {told}.");
        if (!Clock.IsRunning) { ClosedUntil = _market.Appends; }
        MovesHeard++;
        Clock = heard;
    }

    private void Hear(FloorPriced happened)
    {
        Laws.Require(happened.Seq == PriceSeq + 1, Law.PricesByTheRules, $"shard {Number} heard price {happened.Seq} after {PriceSeq}.");
        Laws.Require(
            happened.Seq <= _market.Ticks.Count && _market.Ticks[(int)happened.Seq - 1].Price == happened.Price,
            Law.PricesByTheRules, $"shard {Number} heard that price {happened.Seq} is {happened.Price}.");
        (PriceSeq, Price) = (happened.Seq, happened.Price);
    }
}
