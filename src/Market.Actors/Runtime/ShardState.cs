using Market.Actors.Clock;
using Market.Actors.Gibber;
using Market.Actors.Plantations;
using Market.Actors.Prices;
using Market.Protocol.Messages;
using Market.Protocol.Values;
using Market.Protocol.Wire;

namespace Market.Actors.Runtime;

/// <summary>
/// All that a shard's actors know: a fold of the shard's journal and of nothing else. Live turns and replays change it by the
/// same calls, so what is owed to other shards after a crash is what was owed before it.
/// </summary>
public sealed class ShardState : IEventFold
{
    private readonly Link[] _links;

    // The last event of no trader: what a request did, when the next one says so.
    private MarketEvent? _last;

    public ShardState(int shard, Placement placement, int rememberedAnswers)
        : this(shard, placement, rememberedAnswers, [.. Enumerable.Range(0, placement.Shards).Select(_ => new Link())])
    {
    }

    /// <summary>From a snapshot.</summary>
    internal ShardState(int shard, Placement placement, int rememberedAnswers, Link[] links)
    {
        Shard = shard;
        Placement = placement;
        RememberedAnswers = rememberedAnswers;
        _links = links;
    }

    public int Shard { get; }

    public Placement Placement { get; }

    public int RememberedAnswers { get; }

    public Floor Floor { get; internal set; } = Floor.BeforeTheStart;

    public TraderTable Traders { get; } = new();

    /// <summary>The last requests that changed something here and may come again.</summary>
    public AnsweredRequests Requests { get; } = new();

    // Each of these is the state of the one such actor of the market, on the shard it lives on; untouched on the others.

    public MarketState Market { get; internal set; } = MarketState.Unopened;

    public PriceState Price { get; internal set; } = PriceState.Initial;

    public PlantationState Plantation { get; internal set; } = new();

    public GibberState Gibber { get; internal set; } = new();

    /// <summary>One for each shard of the market, this one included: an actor tells its neighbour as it tells a stranger.</summary>
    public IReadOnlyList<Link> Links => _links;

    public void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, Timestamp time) =>
        On(slot, happened, txnId, happened.IsAnswer ? StableHash.Hash128(txnId) : default, time);

    /// <param name="txnHash">Of the txnId, when the event is an answer: a live turn has it already.</param>
    internal void On(int slot, in TraderEvent happened, ReadOnlySpan<char> txnId, (ulong High, ulong Low) txnHash, Timestamp time)
    {
        Traders.Evolve(slot, happened, txnHash, time, RememberedAnswers);
        if (happened.Type is not TraderEventType.Invested) { return; }
        var plant = new Plant(Traders[slot].Key, txnId.ToString(), new Coins(happened.Amount));
        _links[Placement.PlantationShard].Owe(plant);
    }

    public void On(MarketEvent happened, Timestamp time)
    {
        switch (happened)
        {
            case TraderJoined e: Traders.Add(e.Trader, TraderState.Initial(time)); break;
            case MarketOpened e: Open(e, time); break;
            case MarketMoved e: Market = Market.Evolve(e, time); TellFloors(); break;
            case FloorMoved e: Floor = Floor with { Clock = new MarketClock(e.Status, e.ElapsedMs, e.Since), Seed = e.Seed }; break;
            case FloorPriced e: Floor = Floor with { Price = e.Price, PriceSeq = e.Seq }; break;
            case PriceTicked e: Price = Price.Evolve(e); OweAll(new PriceMoved(e.Tick.Seq, e.Tick.Price)); break;
            case HypeMoved e: Price = Price.Evolve(e); break;
            case BurstStepped e: Price = Price.Evolve(e); break;
            case GibbPosted e: Gibber.Evolve(e); TellPrice(e.Gibb); break;
            case Planted e: Plantation.Evolve(e); break;
            case Harvested e: SendHome(Plantation.Evolve(e)); break;
            case MessagesReceived e: _links[e.Peer].HasReceived(e.UpTo); break;
            case MessagesAcknowledged e: _links[e.Peer].Acknowledged(e.UpTo); break;
            case RequestAnswered e: Requests.Add(e.Id, _last, time); break;
            default: throw new InvariantBrokenException($"A shard does not know what {happened.GetType().Name} means.");
        }
        _last = happened;
    }

    private void Open(MarketOpened happened, Timestamp time)
    {
        Invariant.Require(happened.Shards == Placement.Shards, "A market keeps the number of shards it was opened with.");
        Market = Market.Evolve(happened, time);
        TellFloors();
    }

    private void TellFloors() => OweAll(new ClockMoved(Market.Clock.Status, Market.Clock.ElapsedMs, Market.Clock.Since, Market.Seed));

    private void TellPrice(Gibb gibb)
    {
        if (gibb.Counted && gibb.Points != 0) { _links[Placement.PriceShard].Owe(new TalkHeard(gibb.Points)); }
    }

    private void SendHome(Growing home) => _links[Placement.Of(home.Trader)].Owe(new ComeHome(home.Trader, home.TxnId, home.Harvest));

    private void OweAll(ActorMessage message)
    {
        foreach (var link in _links) { link.Owe(message); }
    }
}
