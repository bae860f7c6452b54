using Market.Actors.Chance;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Twin;

/// <summary>An investment that grows.</summary>
/// <param name="Home">Coins that will come home.</param>
/// <param name="Due">When, in market time.</param>
/// <param name="Number">Counts plantings from 1.</param>
public sealed record NaiveGrowing(TraderKey Trader, string TxnId, decimal Home, long Due, long Number);

/// <summary>Where investments grow, by the page of the rules. All times are market times in ms.</summary>
public sealed class NaivePlantation(NaiveChance chance)
{
    private readonly List<NaiveGrowing> _growing = [];
    private long _planted;

    public IReadOnlyList<NaiveGrowing> Growing => _growing;

    /// <summary>T of the rules, in coins.</summary>
    public decimal EverInvested { get; private set; }

    public NaiveGrowing Plant(TraderKey trader, string txnId, decimal coins, long now)
    {
        EverInvested += coins;
        var wait = Math.Min(Math.Ceiling(10 * EverInvested), 60_000);
        var drawn = PortableMath.Exp(0.035 + PortableMath.Exp(-1 - ((double)EverInvested / 1_000)) + (0.01 * chance.Harvest(_planted)));
        var micro = Math.Round((double)(coins * 1_000_000) * Math.Min(1.15, drawn), MidpointRounding.ToEven); // r is a binary fraction: half a micro-coin depends on it
        var growing = new NaiveGrowing(trader, txnId, (decimal)micro / 1_000_000, now + (long)wait, ++_planted);
        _growing.Add(growing);
        return growing;
    }

    /// <summary>The one that comes home first; null when nothing grows.</summary>
    public NaiveGrowing? Next => _growing.OrderBy(one => one.Due).ThenBy(one => one.Number).FirstOrDefault();

    /// <summary>What comes home now, in order; all of it when the market has ended.</summary>
    public IReadOnlyList<NaiveGrowing> Due(bool ended, long now) =>
        [.. _growing.Where(one => ended || one.Due <= now).OrderBy(one => one.Due).ThenBy(one => one.Number)];

    public void Harvest(NaiveGrowing home) => _growing.Remove(home);
}
