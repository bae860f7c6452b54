using Market.Actors.Chance;
using Market.Actors.Clock;
using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Plantations;

/// <summary>How long an investment grows, and what it brings. Pure: the draw has the number of the planting.</summary>
public sealed record PlantationDecider(PlantationRules Rules, ChanceStream Harvests)
{
    public Planted Plant(PlantationState state, Plant ask, long marketMs)
    {
        var total = state.Total.TryAdd(ask.Amount, out var sum) ? sum : state.Total;
        var multiplier = PlantationFormula.Multiplier(total, Harvests.Normal(state.Planted), Rules);
        var harvest = PlantationFormula.Harvest(ask.Amount, multiplier);
        return new Planted(ask.Trader, ask.TxnId, ask.Amount, total, multiplier, harvest, marketMs + PlantationFormula.WaitMs(total, Rules));
    }

    /// <summary>Whether the next investment comes home now: when it is due, and in any case once the market has ended.</summary>
    public static bool IsDue(PlantationState state, MarketClock clock, Timestamp now) =>
        state.Next is { } next && (clock.Status is MarketStatus.Ended || (clock.IsRunning && next.DueMs <= clock.At(now)));
}
