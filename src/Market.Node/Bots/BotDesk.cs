using System.Globalization;
using Market.Actors.Answers;
using Market.Actors.Bots;
using Market.Node.Hosting;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Node.Bots;

/// <summary>
/// One house bot at its desk: its trader's address, its state as last told, and what is still unanswered, which is sent again with the same
/// txnId. Orders and state belong to the house's worker; answers come on the engine's thread and are only passed on.
/// </summary>
internal sealed class BotDesk(RunningMarket market, TraderKey trader, IBot bot, TraderState state, string run, Action<BotDesk, Result> answered, Action<BotDesk, string> post)
    : IDesk, IAnswerTo<Result>
{
    /// <summary>Orders unanswered at one time; more are not sent. A bot asks for a few a tick.</summary>
    private const int MaxUnanswered = 32;

    private readonly Dictionary<string, (TraderCommand Command, bool Failed)> _unanswered = [];
    private readonly Lock _gate = new();
    private long _sent;

    public TraderKey Trader => trader;

    public TraderState State { get; private set; } = state;

    public void Priced(in PriceTick tick)
    {
        SendAgain();
        bot.Priced(tick, this);
    }

    public void Told(in Result result)
    {
        if (result.State is { } now) { State = now; }
        bot.Told(result, this);
    }

    public void Buy(long shares) => Send(CommandType.Buy, shares);

    public void Sell(long shares) => Send(CommandType.Sell, shares);

    public void Invest(Coins coins) => Send(CommandType.Invest, coins.Micro);

    public void Feed(long monkeys) => Send(CommandType.Feed, monkeys);

    public void Gibb(string text) => post(this, text);

    public void Answer(long tag, in Result answer)
    {
        lock (_gate) { _unanswered.Remove(answer.TxnId); }
        answered(this, answer);
    }

    public void Fail(long tag, Failure failure)
    {
        lock (_gate)
        {
            foreach (var (txnId, (command, _)) in _unanswered.Where(entry => Number(entry.Key) == tag).ToList()) { _unanswered[txnId] = (command, true); }
        }
    }

    private static long Number(string txnId) => long.Parse(txnId.AsSpan(txnId.LastIndexOf('-') + 1), CultureInfo.InvariantCulture);

    private void Send(CommandType type, long amount)
    {
        if (amount <= 0) { return; }
        var number = ++_sent;
        var command = new TraderCommand(type, string.Create(CultureInfo.InvariantCulture, $"{trader.Name}-{run}-{number}"), amount);
        lock (_gate)
        {
            if (_unanswered.Count >= MaxUnanswered) { return; }
            _unanswered[command.TxnId] = (command, false);
        }
        if (!market.Region.TryTell(trader, command, this, number)) { Fail(number, Doors.CommandDoor.Overloaded); }
    }

    private void SendAgain()
    {
        TraderCommand[] failed;
        lock (_gate)
        {
            failed = [.. _unanswered.Values.Where(entry => entry.Failed).Select(entry => entry.Command)];
            foreach (var command in failed) { _unanswered[command.TxnId] = (command, false); }
        }
        foreach (var command in failed)
        {
            var number = Number(command.TxnId);
            if (!market.Region.TryTell(trader, command, this, number)) { Fail(number, Doors.CommandDoor.Overloaded); }
        }
    }
}
