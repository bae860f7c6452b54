using Market.Actors.Chance;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Prices;

/// <summary>What the price's actor knows.</summary>
/// <param name="Last">The last tick.</param>
/// <param name="Ema">Moving average, in coins; null before the first tick.</param>
/// <param name="Hype">As it is now, perhaps not yet in the price.</param>
/// <param name="BurstStep">The step that comes next; null when no bubble is bursting.</param>
/// <param name="Rises">How often hype rose: the number of the next draw for a burst.</param>
/// <param name="NextTickMs">Market time of the next tick.</param>
/// <param name="NextBurstMs">Market time of the next step of the burst.</param>
public sealed record PriceState(
    PriceTick Last, double? Ema, Coins Hype, int? BurstStep, long Rises, long NextTickMs, long NextBurstMs)
{
    public static PriceState Initial { get; } = new(PriceTick.BeforeTheFirst(default), null, Coins.Zero, null, 0, 0, 0);

    public PriceState Evolve(PriceTicked happened) => this with { Last = happened.Tick, Ema = happened.Ema, NextTickMs = happened.NextMs };

    public PriceState Evolve(HypeMoved happened) => this with
    {
        Hype = happened.Hype,
        Rises = Rises + (happened.Hype > Hype && BurstStep is null ? 1 : 0),
        BurstStep = happened.Burst ? 0 : BurstStep,
        NextBurstMs = happened.Burst ? happened.NextMs : NextBurstMs,
    };

    public PriceState Evolve(BurstStepped happened) => this with
    {
        Hype = happened.Hype,
        BurstStep = happened.Last ? null : happened.Step + 1,
        NextBurstMs = happened.NextMs,
    };
}

/// <summary>The walk of the price, and the bubbles. Pure: chance is drawn by number, and what was drawn is in the event.</summary>
/// <param name="Rules">The parameters.</param>
/// <param name="Walk">Draws the random walk, by tick number.</param>
/// <param name="Bubbles">Draws whether a bubble bursts, by number of rise.</param>
public sealed record PriceDecider(PriceRules Rules, ChanceStream Walk, ChanceStream Bubbles)
{
    /// <summary>Draws the tick that is due. Ticks missed while nobody was there are not made up for.</summary>
    public PriceTicked Tick(PriceState state, long marketMs, Timestamp now)
    {
        var seq = state.Last.Seq + 1;
        var walked = PriceFormula.NextBase(state.Last.Base, Walk.LogNormal(seq, Rules.Mu, Rules.Sigma));
        var price = PriceFormula.Price(walked, state.Hype, Rules);
        var ema = PriceFormula.NextEma(state.Ema, price, Rules.EmaFactor);
        var tick = new PriceTick(seq, now, price, PriceFormula.Forecast(ema, price), walked, state.Hype, state.BurstStep is not null);
        return new PriceTicked(tick, ema, NextOnGrid(state.NextTickMs, marketMs, Rules.TickMs));
    }

    /// <summary>Talk moves the hype, and hype that rises may begin to burst.</summary>
    public HypeMoved Hear(PriceState state, TalkHeard talk, Coins coinsPerPoint, long marketMs)
    {
        var hype = coinsPerPoint.TryTimes(talk.Points, out var moved) && state.Hype.TryAdd(moved, out var sum) ? sum : state.Hype;
        var rises = hype > state.Hype && state.BurstStep is null;
        var burst = rises && Bubbles.Uniform(state.Rises) < PriceFormula.BurstProbability(hype, Rules);
        return new HypeMoved(talk.Points, hype, burst, burst ? marketMs + Rules.BurstStepMs : 0);
    }

    /// <summary>The step of the burst that is due.</summary>
    public BurstStepped Burst(PriceState state, long marketMs)
    {
        var step = state.BurstStep ?? throw new InvariantBrokenException("A bubble is bursting.");
        var hype = PriceFormula.AfterStep(state.Hype, Rules.BurstSteps[step]);
        var next = NextOnGrid(state.NextBurstMs, marketMs, Rules.BurstStepMs);
        return new BurstStepped(step, hype, step + 1 == Rules.BurstSteps.Length, next);
    }

    /// <summary>The first time on the grid of <paramref name="due"/> that lies after <paramref name="now"/>.</summary>
    private static long NextOnGrid(long due, long now, long every) => due + (((Math.Max(now, due) - due) / every) + 1) * every;
}
