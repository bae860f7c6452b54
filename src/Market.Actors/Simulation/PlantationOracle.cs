using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>What happened on a plantation, held against the twin.</summary>
internal static class PlantationOracle
{
    public static void Plant(MarketOracle market, HeardClock clock, Planted happened, Timestamp time)
    {
        var coins = happened.Amount.Micro / 1_000_000m;
        market.Investments.Planted(happened.Trader, happened.TxnId, coins);
        var by = market.Plantation.Plant(happened.Trader, happened.TxnId, coins, clock.At(time));
        market.Laws.Require(happened.Total.Micro == market.Plantation.EverInvested * 1_000_000m, Law.PlantationByTheRules, $"{happened.Total} were ever invested; by the rules {market.Plantation.EverInvested}.");
        market.Laws.Require(
            happened.DueMs == by.Due && happened.Harvest.Micro == by.Home * 1_000_000m,
            Law.PlantationByTheRules, $"{happened.TxnId} of {happened.Trader} will bring {happened.Harvest} at {happened.DueMs}; by the rules {by.Home} at {by.Due}.");
    }

    public static void Harvest(MarketOracle market, HeardClock clock, Harvested happened, Timestamp time)
    {
        var first = market.Plantation.Next;
        market.Laws.Require(first is not null && first.Number == happened.Number, Law.PlantationByTheRules, $"number {happened.Number} was harvested; by the rules {first?.Number}.");
        if (first is null) { return; }
        var now = clock.At(time);
        var isDue = clock.Status is MarketStatus.Ended || (clock.IsRunning && first.Due <= now);
        market.Laws.Require(isDue, Law.PlantationByTheRules, $"number {happened.Number} was harvested at {now} of market time, due at {first.Due}.");
        market.Plantation.Harvest(first);
        market.Investments.Grown(first.Trader, first.TxnId, first.Home);
    }
}
