using System.Collections.Immutable;
using Market.Protocol.Messages;

namespace Market.Actors.Laboratory;

/// <summary>What some traders did, counted from the journal. Grows only.</summary>
public sealed class Activity
{
    /// <summary>The refusals that a command can meet in a running market, in the order of their numbers.</summary>
    public static ImmutableArray<Status> Refusals { get; } = [Status.OrderTooLarge, Status.InsufficientCoins, Status.InsufficientShares];

    private readonly long[] _refused = new long[(int)Status.InsufficientShares + 1];

    /// <summary>BUYs accepted.</summary>
    public long Bought { get; private set; }

    public long Sold { get; private set; }

    public long Invested { get; private set; }

    public long Fed { get; private set; }

    /// <summary>Investments that came home.</summary>
    public long Returned { get; private set; }

    public long Bailouts { get; private set; }

    /// <summary>Shares bought and sold.</summary>
    public long Volume { get; private set; }

    /// <summary>Orders accepted.</summary>
    public long Trades => Bought + Sold;

    public long Accepted => Bought + Sold + Invested + Fed;

    public long Commands => Accepted + _refused.Sum();

    public long Refused(Status status) => _refused[(int)status];

    public void Count(in TraderEvent happened)
    {
        switch (happened.Type)
        {
            case TraderEventType.Bought: Bought++; Volume += happened.Amount; break;
            case TraderEventType.Sold: Sold++; Volume += happened.Amount; break;
            case TraderEventType.Invested: Invested++; break;
            case TraderEventType.Fed: Fed++; break;
            case TraderEventType.Returned: Returned++; break;
            case TraderEventType.Refused: _refused[(int)happened.Status]++; break;
        }
        if (happened.BailedOut) { Bailouts++; }
    }

    public void Add(Activity other)
    {
        Bought += other.Bought;
        Sold += other.Sold;
        Invested += other.Invested;
        Fed += other.Fed;
        Returned += other.Returned;
        Bailouts += other.Bailouts;
        Volume += other.Volume;
        for (var i = 0; i < _refused.Length; i++) { _refused[i] += other._refused[i]; }
    }

    public static Activity Sum(IEnumerable<Activity> all)
    {
        var sum = new Activity();
        foreach (var one in all) { sum.Add(one); }
        return sum;
    }
}
