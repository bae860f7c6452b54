using Market.Actors.Bots;
using Market.Actors.Traders;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Tests.Bots;

/// <summary>One bot alone with the rules of the trader: every command of a tick is decided and answered right after it.</summary>
internal sealed class Bench : IClerk
{
    public static readonly TraderKey Trader = new("BONOBO", "bench");

    private readonly Queue<(TraderCommand Command, long Number)> _sent = new();
    private readonly Queue<Coins> _planted = new();
    private readonly List<string> _done = [];
    private readonly Player _player;
    private Coins _price;
    private long _seq;

    public Bench(IBot bot, double coins = 10, long shares = 5, long fed = 0)
    {
        State = TraderState.Initial(default) with { Coins = Coins.Nearest(coins), Shares = shares, FedMonkeys = fed };
        _player = new Player(bot, Trader, "1", 1_000, this);
        _player.Seated(State);
    }

    public TraderState State { get; private set; }

    public List<Status> Refusals { get; } = [];

    /// <summary>The next tick, a second after the last.</summary>
    /// <returns>What the bot did, e.g. <c>BUY 1, GIBB …</c>; empty for nothing.</returns>
    public string Tick(double price = 1, double forecast = 1, double hype = 0, bool bursting = false)
    {
        (_price, _seq) = (Coins.Nearest(price), _seq + 1);
        _done.Clear();
        var tick = new PriceTick(_seq, new Timestamp(_seq * 1_000), _price, forecast, price - hype, Coins.Nearest(hype), bursting);
        _player.Priced(tick);
        while (_sent.TryDequeue(out var sent)) { Answer(sent.Command, sent.Number); }
        return string.Join(", ", _done);
    }

    /// <summary>So many ticks alike; all that was done, tick by tick.</summary>
    public IReadOnlyList<string> Ticks(int count, double price = 1, double forecast = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => Tick(price, forecast))];

    /// <summary>The oldest investment comes home.</summary>
    public void Home(double coins)
    {
        _planted.Dequeue();
        var returned = TraderDecider.Return(State, Coins.Nearest(coins));
        State = TraderEvolution.Evolve(State, returned, default);
        _player.Told(new Result { TxnId = "home", Type = ResultType.Return, Status = Status.Accepted, Amount = Coins.Nearest(coins), State = State }, State);
    }

    /// <summary>The oldest investment comes home, if there is one, so many times what it was.</summary>
    public void HomeTimes(double multiplier)
    {
        if (_planted.TryPeek(out var oldest)) { Home(oldest.ToDouble() * multiplier); }
    }

    bool IClerk.TrySend(in TraderCommand command, long number)
    {
        _sent.Enqueue((command, number));
        _done.Add(command.Type is CommandType.Invest ? $"INVEST {new Coins(command.Amount)}" : $"{command.Type.ToString().ToUpperInvariant()} {command.Amount}");
        return true;
    }

    bool IClerk.TryPost(string text)
    {
        _done.Add($"GIBB {text}");
        return true;
    }

    private void Answer(in TraderCommand command, long number)
    {
        var happened = TraderDecider.Decide(State, command, _price, TraderRules.Default);
        State = TraderEvolution.Evolve(State, happened, default);
        if (happened.Status is not Status.Accepted) { Refusals.Add(happened.Status); }
        else if (command.Type is CommandType.Invest) { _planted.Enqueue(new Coins(command.Amount)); }
        _player.Answered(number, new Result { TxnId = command.TxnId, Type = Result.TypeOf(command.Type), Status = happened.Status, State = State }, State);
    }
}
