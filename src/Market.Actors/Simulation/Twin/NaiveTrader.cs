using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Twin;

/// <summary>A trader in the plainest numbers, with all it ever did beside what it has.</summary>
public sealed class NaiveTrader(TraderKey key, Timestamp now)
{
    public TraderKey Key { get; } = key;

    public decimal Coins { get; private set; } = 10;

    public long Shares { get; private set; } = 5;

    public long Fed { get; private set; }

    public int Bailouts { get; private set; }

    public int InFlight { get; private set; }

    public Timestamp Changed { get; private set; } = now;

    /// <summary>Answers remembered, oldest first.</summary>
    public List<(TraderCommand Command, Result Answer)> Remembered { get; } = [];

    // All that was ever accepted, for the sums that must always hold.
    private decimal _coinsBought;
    private decimal _coinsSold;
    private decimal _coinsInvested;
    private decimal _coinsReturned;
    private long _sharesBought;
    private long _sharesSold;

    public int Investments { get; private set; }

    public int Returns { get; private set; }

    public TraderState State => new(new Coins((long)(Coins * 1_000_000)), Shares, Fed, Bailouts, InFlight, Changed);

    /// <summary>The first of the sums that must always hold and does not; null when all do.</summary>
    public string? Broken()
    {
        if (Coins < 0 || Shares < 0 || InFlight < 0) { return $"{Key} owes something"; }
        if (Coins != 10 + (10 * Bailouts) - _coinsBought + _coinsSold - _coinsInvested + _coinsReturned) { return $"coins of {Key}"; }
        if (Shares != 5 + (5 * Bailouts) + _sharesBought - _sharesSold - Fed) { return $"shares of {Key}"; }
        return InFlight == Investments - Returns ? null : $"investments of {Key}";
    }

    /// <summary>The answer that was given to this txnId before; null when none is remembered.</summary>
    public Result? Again(TraderCommand command)
    {
        if (Remembered.Find(one => one.Command.TxnId == command.TxnId) is not { Answer.TxnId: not null } first) { return null; }
        var same = first.Command.Type == command.Type && first.Command.Amount == command.Amount;
        return same
            ? first.Answer with { Status = Status.Duplicate, First = first.Answer.Status }
            : Blank(command) with { Status = Status.TxnIdReused, First = first.Answer.Status, State = State };
    }

    /// <summary>Does what is asked, or refuses it, and remembers the answer.</summary>
    /// <param name="price">Of a share.</param>
    /// <param name="remembered">How many answers are.</param>
    public Result Do(TraderCommand command, decimal price, int remembered, Timestamp now)
    {
        var answer = Blank(command) with { Status = StatusOf(command, price) };
        if (command.Type is CommandType.Buy or CommandType.Sell) { answer = answer with { Price = new Coins((long)(price * 1_000_000)) }; }
        if (answer.Status is Status.Accepted) { Apply(command, price, now); }
        answer = answer with { State = State };
        Remembered.Add((command, answer));
        if (Remembered.Count > remembered) { Remembered.RemoveAt(0); }
        return answer;
    }

    /// <summary>An investment comes home.</summary>
    /// <returns>Whether the market had to help.</returns>
    public bool Return(decimal coins, Timestamp now)
    {
        (Coins, _coinsReturned) = (Coins + coins, _coinsReturned + coins);
        (InFlight, Returns, Changed) = (InFlight - 1, Returns + 1, now);
        return BailOutIfPoor();
    }

    public static Result Blank(TraderCommand command) =>
        new() { TxnId = command.TxnId, Type = Result.TypeOf(command.Type), Status = Status.Unauthorized };

    private Status StatusOf(TraderCommand command, decimal price)
    {
        var (n, cost) = (command.Amount, command.Amount * price);
        return command.Type switch
        {
            CommandType.Buy or CommandType.Sell when n > 1_000 => Status.OrderTooLarge,
            CommandType.Buy when cost > Coins => Status.InsufficientCoins,
            CommandType.Invest when n / 1_000_000m > Coins => Status.InsufficientCoins,
            CommandType.Sell or CommandType.Feed when n > Shares => Status.InsufficientShares,
            _ => Status.Accepted,
        };
    }

    private void Apply(TraderCommand command, decimal price, Timestamp now)
    {
        var (n, cost, coins) = (command.Amount, command.Amount * price, command.Amount / 1_000_000m);
        switch (command.Type)
        {
            case CommandType.Buy: Coins -= cost; _coinsBought += cost; Shares += n; _sharesBought += n; break;
            case CommandType.Sell: Coins += cost; _coinsSold += cost; Shares -= n; _sharesSold += n; break;
            case CommandType.Feed: Shares -= n; Fed += n; break;
            case CommandType.Invest: Coins -= coins; _coinsInvested += coins; InFlight++; Investments++; break;
        }
        Changed = now;
        BailOutIfPoor();
    }

    private bool BailOutIfPoor()
    {
        if (InFlight > 0 || Coins > 3 || Shares > 0) { return false; }
        (Coins, Shares, Bailouts) = (Coins + 10, Shares + 5, Bailouts + 1);
        return true;
    }
}
