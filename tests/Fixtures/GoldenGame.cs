using Market.Actors.Answers;
using Market.Actors.Journal;
using Market.Actors.Prices;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Fixtures;

/// <summary>
/// The game that the golden journals hold: short, the same each time, with every kind of event in it. It is played by the engine itself on a
/// clock moved by hand, over whichever journal is given.
/// </summary>
public sealed class GoldenGame : IMarketListener, INewsFeed, IAnswerTo<Result>, IAnswerTo<Joined>, IAnswerTo<Gibb>, IAnswerTo<Moved>
{
    public static readonly MarketId Banana = MarketId.Of("banana");

    private const ulong Seed = 20_180_320;

    private static readonly TraderKey Alice = new("BONOBO", "alice");
    private static readonly TraderKey Bob = new("ALOUATE", "bob");
    private static readonly TraderKey Zoe = new("SAGOUIN", "zoé 🐒");

    private readonly Engine _engine;
    private readonly MarketRegion _region;
    private Timestamp _now = new(1_521_570_896_000);

    // Of the last request; 0 where none has one.
    private ulong _id;
    private readonly bool _ids;

    private GoldenGame(IJournal journal, bool ids = false)
    {
        _ids = ids;
        View = new MarketView(Banana, Rules.Shards, Rules.Teams, 1_000, 1_000, this);
        _engine = new Engine(journal, new NodeViews(new Dictionary<MarketId, MarketView> { [Banana] = View }), this, new DeadLetters(), () => { });
        _region = new MarketRegion(Rules, _engine.Add(Rules));
    }

    /// <summary>Three shards; talk worth a coin or more always bursts, in two quick steps.</summary>
    public static MarketRules Rules { get; } = new()
    {
        Market = Banana,
        Shards = 3,
        Price = PriceRules.Default with { BurstProbabilityPerCoin = 1, BurstStepMs = 700, BurstSteps = [0.5, 0.9] },
    };

    /// <summary>What people saw at the end.</summary>
    public MarketView View { get; }

    /// <summary>All answers and news, in order.</summary>
    public List<string> Said { get; } = [];

    /// <summary>Plays it to the end.</summary>
    /// <param name="snapshots">Whether each shard keeps one in the middle.</param>
    /// <param name="ids">Whether requests come as in a cluster: with ids, and each of them twice.</param>
    public static GoldenGame Play(IJournal journal, bool snapshots, bool ids = false)
    {
        var game = new GoldenGame(journal, ids);
        game.Begin();
        game.Trade();
        if (snapshots) { game._engine.SaveSnapshots(); }
        game.Talk();
        game.End();
        return game;
    }

    /// <summary>Goes on an hour later over a journal of it, or of a part of it: whoever can still play does, and what grows comes home.</summary>
    public static void GoOn(IJournal journal)
    {
        var game = new GoldenGame(journal) { _now = new Timestamp(1_521_574_496_000) };
        game.Ask(new JoinTrader(new TraderKey("DRILL", "dan"), game));
        game.Ask(new MoveMarket(MarketAction.Start, game));
        game.Ask(new MoveMarket(MarketAction.Resume, game));
        game.Do(Alice, TraderCommand.Invest("later", new Coins(500_000)));
        game.Advance(3_000);
    }

    private void Begin()
    {
        Ask(new OpenMarket(Seed, this));
        foreach (var trader in (TraderKey[])[Alice, Bob, Zoe]) { Ask(new JoinTrader(trader, this)); }
        Do(Alice, TraderCommand.Buy("too early", 1));
        Ask(new MoveMarket(MarketAction.Start, this));
        Advance(1_000);
    }

    private void Trade()
    {
        Do(Alice, TraderCommand.Buy("a1", 2) with { SentAt = _now.Plus(-5) });
        Do(Alice, TraderCommand.Sell("a2", 1));
        Do(Alice, TraderCommand.Invest("a3", new Coins(2_500_000)));
        Do(Alice, TraderCommand.Feed("a4", 6));
        Do(Alice, TraderCommand.Buy("a5", 900));
        Do(Alice, TraderCommand.Sell("a6", 1_001));
        Do(Bob, TraderCommand.Feed("b1", 100));
        Do(Bob, TraderCommand.Invest("b2", Coins.Whole(1)));
        Do(Zoe, TraderCommand.Buy("猿1", 7));
        Do(Zoe, TraderCommand.Feed("猿2", 12)); // as poor as that, she is bailed out
        Advance(1_000);
    }

    private void Talk()
    {
        Ask(new PostGibb("Coco", "banana is great, buy buy buy #mktd", "api", this));
        Ask(new PostGibb("Coco", "banana is great, buy buy buy #mktd", "api", this));
        Ask(new PostGibb("Dodo", "rain again ☔", "replay", this));
        Advance(1_500);
        Ask(new PostGibb("Dodo", "sad, bad banana", "api", this));
        Advance(500);
    }

    private void End()
    {
        Ask(new MoveMarket(MarketAction.Pause, this));
        Do(Alice, TraderCommand.Buy("a7", 1));
        Advance(300);
        Ask(new MoveMarket(MarketAction.Resume, this));
        Do(Alice, TraderCommand.Invest("a8", Coins.Whole(1)));
        Do(Alice, TraderCommand.Buy("a1", 2));
        Ask(new MoveMarket(MarketAction.End, this));
        Drain();
    }

    private void Ask(Request request)
    {
        var sent = _ids ? request with { Id = StableHash.Hash64($"request {++_id}") } : request;
        for (var times = _ids ? 2 : 1; times > 0; times--)
        {
            _region.TryAsk(sent);
            Drain();
        }
    }

    private void Do(TraderKey trader, in TraderCommand command)
    {
        _region.TryTell(trader, command, this, 0);
        Drain();
    }

    private void Drain()
    {
        while (_engine.Round(_now)) { }
    }

    private void Advance(long ms)
    {
        var until = _now.Plus(ms);
        while (_engine.NextDue() is { } due && due <= until)
        {
            if (due > _now) { _now = due; }
            Drain();
        }
        _now = until;
        Drain();
    }

    void IAnswerTo<Result>.Answer(long tag, in Result answer) => Said.Add($"{answer.Status.Name()} {answer.TxnId}");

    void IAnswerTo<Joined>.Answer(long tag, in Joined answer) => Said.Add("joined");

    void IAnswerTo<Gibb>.Answer(long tag, in Gibb answer) => Said.Add($"gibb {answer.Id} {answer.Reason}");

    void IAnswerTo<Moved>.Answer(long tag, in Moved answer) => Said.Add($"{answer.Status}");

    void IAnswerTo<Result>.Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);

    void IAnswerTo<Joined>.Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);

    void IAnswerTo<Gibb>.Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);

    void IAnswerTo<Moved>.Fail(long tag, Failure failure) => throw new InvalidOperationException(failure.Message);

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result) => Said.Add($"{trader}: {result.Type} {result.TxnId}");

    void IMarketListener.Ticked(MarketId market, in PriceTick tick)
    {
    }

    void IMarketListener.Posted(MarketId market, Gibb gibb)
    {
    }

    void IMarketListener.Moved(MarketId market, MarketStatus status)
    {
    }
}
