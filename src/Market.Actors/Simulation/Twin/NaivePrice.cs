using Market.Actors.Chance;
using Market.Protocol.Values;

namespace Market.Actors.Simulation.Twin;

/// <summary>What chance is asked for, by number: the one thing the twin does not make up itself.</summary>
/// <param name="Walk">Normal draw of a tick, by its number from 1.</param>
/// <param name="Bubble">Uniform draw of a rise of the hype, by how many there were before.</param>
/// <param name="Harvest">Normal draw of an investment, by how many were planted before.</param>
public sealed record NaiveChance(Func<long, double> Walk, Func<long, double> Bubble, Func<long, double> Harvest);

/// <summary>Walk, hype and bursts, by the page of the rules. All times are market times in ms.</summary>
public sealed class NaivePrice(NaiveChance chance)
{
    private static readonly double[] Steps = [0.95, 0.9, 0.8, 0.7, 0.7, 0.8, 0.9, 0.95, 1.2, 1.1];
    private double? _ema;
    private long _rises;
    private int _step;

    public long Seq { get; private set; }

    /// <summary>The walk alone.</summary>
    public double Base { get; private set; } = 1;

    public decimal Price { get; private set; } = 1;

    public decimal Hype { get; private set; }

    public double Forecast { get; private set; } = 1;

    public bool Bursting { get; private set; }

    public long NextTick { get; private set; }

    public long NextStep { get; private set; }

    public void Tick(long now)
    {
        Seq++;
        Base *= PortableMath.Exp(0.0001 + (0.01 * chance.Walk(Seq)));
        Price = Math.Max(0.01m, Math.Round((decimal)Base + Hype, 6, MidpointRounding.ToEven));
        _ema = _ema is { } ema ? (0.9 * ema) + (0.1 * (double)Price) : (double)Price;
        Forecast = _ema.Value / (double)Price;
        NextTick = OnGrid(NextTick, now, 1_000);
    }

    public void Step(long now)
    {
        var micro = Math.Round((double)(Hype * 1_000_000) * Steps[_step++], MidpointRounding.ToEven); // 0.95 is a binary fraction: half a micro-coin depends on it
        Hype = (decimal)micro / 1_000_000;
        NextStep = OnGrid(NextStep, now, 5_000);
        if (_step == Steps.Length) { Bursting = false; }
    }

    public void Hear(int points, long now)
    {
        Hype += points * 0.01m;
        if (points <= 0 || Bursting) { return; }
        if (chance.Bubble(_rises++) >= 0.01 * (double)Hype) { return; }
        (Bursting, _step, NextStep) = (true, 0, now + 5_000);
    }

    public Coins PriceInCoins => new((long)(Price * 1_000_000));

    public Coins HypeInCoins => new((long)(Hype * 1_000_000));

    /// <summary>What was slept through is not made up for.</summary>
    private static long OnGrid(long due, long now, long every)
    {
        while (due <= now) { due += every; }
        return due;
    }
}
