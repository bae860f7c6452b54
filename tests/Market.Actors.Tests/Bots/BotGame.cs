using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Actors.Chance;
using Market.Actors.Journal;
using Market.Actors.Runtime;
using Market.Actors.Shards;
using Market.Actors.Views;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

/// <summary>
/// The house's traders on the real engine, in virtual time, on one thread: what a node does, without its threads. The same seed plays
/// the same game.
/// </summary>
internal sealed class BotGame : IMarketListener, INewsFeed
{
    /// <summary>More steps than any moment has work for: bots that answer every answer would go on for ever.</summary>
    private const int MostSteps = 10_000;

    private readonly ulong _seed;
    private readonly MarketRules _rules;
    private readonly MarketRegion _region;
    private readonly List<Seat> _seats = [];
    private readonly Queue<PriceTick> _ticks = new();
    private readonly Queue<Action> _told = new();

    public BotGame(ulong seed, IJournal? journal = null, string start = "1", int bots = 8, MarketRules? rules = null, Timestamp? now = null)
    {
        (_seed, Journal, Now) = (seed, journal ?? new MemoryJournal(), now ?? new Timestamp(1_521_570_896_000));
        _rules = rules ?? new MarketRules { Market = MarketId.Of("banana") };
        View = new MarketView(_rules.Market, _rules.Shards, _rules.Teams, 10_000, 10_000, this);
        var views = new NodeViews(new Dictionary<MarketId, MarketView> { [_rules.Market] = View });
        Engine = new Engine(Journal, views, this, new DeadLetters(), () => { });
        _region = new MarketRegion(_rules, Engine.Add(_rules));
        Ask(new OpenMarket(seed, new Nobody<Moved>()));
        Ask(new MoveMarket(MarketAction.Start, new Nobody<Moved>()));
        foreach (var trader in HouseNames.Cast(bots, _rules.Teams)) { Join(trader, start); }
    }

    public IJournal Journal { get; }

    public Engine Engine { get; }

    public MarketView View { get; }

    public Timestamp Now { get; private set; }

    /// <summary>Every command that was posted, also again, in order.</summary>
    public List<(TraderKey Trader, TraderCommand Command)> Sent { get; } = [];

    /// <summary>Called after each.</summary>
    public Action WhenSent { get; set; } = () => { };

    /// <summary>Every answer to a command, in order.</summary>
    public List<Result> Answers { get; } = [];

    public IReadOnlyList<(HouseTrader Trader, TraderState State)> Standing =>
        [.. _seats.Select(seat => (seat.Trader, View.Trader(seat.Trader.Key)!.Value))];

    public void Run(int seconds)
    {
        var until = Now.Plus(seconds * 1_000L);
        Settle();
        while (Engine.NextDue() is { } due && due <= until)
        {
            if (due > Now) { Now = due; }
            Settle();
        }
        Now = until;
    }

    public void Move(MarketAction action) => Ask(new MoveMarket(action, new Nobody<Moved>()));

    /// <summary>What a host does some seconds after something failed.</summary>
    public void SendAgain()
    {
        foreach (var seat in _seats) { seat.Player.SendAgain(); }
        Settle();
    }

    public bool OwesCommands => _seats.Any(seat => seat.Player.OwesCommands);

    /// <summary>All turns of the journal, bit for bit.</summary>
    public IReadOnlyList<string> JournalBytes() =>
        [.. Journal.Read(Journal.Streams().ToDictionary(stream => stream, _ => 1L)).Select(turn => $"{turn.Stream}@{turn.FirstSequence}: {Convert.ToHexString(turn.Bytes.Span)}")];

    void IMarketListener.Ticked(MarketId market, in PriceTick tick) => _ticks.Enqueue(tick);

    void IMarketListener.Posted(MarketId market, Gibb gibb)
    {
    }

    void IMarketListener.Moved(MarketId market, MarketStatus status)
    {
    }

    void INewsFeed.Tell(MarketId market, TraderKey trader, in Result result)
    {
        var (seat, news) = (_seats.Find(seat => seat.Trader.Key.Equals(trader)), result);
        if (seat is not null) { _told.Enqueue(() => seat.Player.Told(news, View.Trader(trader)!.Value)); }
    }

    private void Ask(Request request)
    {
        _region.TryAsk(request).ShouldBeTrue();
        Settle();
    }

    private void Join(HouseTrader trader, string start)
    {
        Ask(new JoinTrader(trader.Key, new Nobody<Joined>()));
        var chance = ChanceStream.For(_seed, $"/{_rules.Market}/bot/{trader.Key}/{start}");
        var seat = new Seat(this, trader, chance, start);
        seat.Player.Seated(View.Trader(trader.Key)!.Value);
        _seats.Add(seat);
    }

    /// <summary>Rounds, answers and prices until nothing is left to do at this moment.</summary>
    private void Settle()
    {
        for (var steps = 0; steps < MostSteps; steps++)
        {
            if (Engine.Round(Now)) { continue; }
            if (_told.TryDequeue(out var tell)) { tell(); }
            else if (_ticks.TryDequeue(out var tick)) { _seats.ForEach(seat => seat.Player.Priced(tick)); }
            else { return; }
        }
        throw new InvalidOperationException($"After {MostSteps} steps there is still something to do.");
    }

    private sealed class Seat : IClerk, IAnswerTo<Result>
    {
        private readonly BotGame _game;

        public Seat(BotGame game, HouseTrader trader, ChanceStream chance, string start)
        {
            (_game, Trader) = (game, trader);
            Player = new Player(trader.Temperament.Create(chance), trader.Key, start, game._rules.Traders.MaxOrderShares, this);
        }

        public HouseTrader Trader { get; }

        public Player Player { get; }

        public bool TrySend(in TraderCommand command, long number)
        {
            if (_game.View.Status is not MarketStatus.Running || !_game._region.TryTell(Trader.Key, command, this, number)) { return false; }
            _game.Sent.Add((Trader.Key, command));
            _game.WhenSent();
            return true;
        }

        public bool TryPost(string text) => _game._region.TryAsk(new PostGibb(Trader.Key.Name, text, "bot", new Nobody<Gibb>()));

        public void Answer(long tag, in Result answer)
        {
            _game.Answers.Add(answer);
            var said = answer;
            _game._told.Enqueue(() => Player.Answered(tag, said, _game.View.Trader(Trader.Key)!.Value));
        }

        public void Fail(long tag, Failure failure) => _game._told.Enqueue(() => Player.Failed(tag, failure.Kind));
    }

    private sealed class Nobody<TAnswer> : IAnswerTo<TAnswer>
    {
        public void Answer(long tag, in TAnswer answer)
        {
        }

        public void Fail(long tag, Failure failure)
        {
        }
    }
}
