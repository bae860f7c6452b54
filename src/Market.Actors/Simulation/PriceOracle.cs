using Market.Protocol.Messages;
using Market.Protocol.Values;

namespace Market.Actors.Simulation;

/// <summary>What happened to a price and on Gibber, held against the twin.</summary>
internal static class PriceOracle
{
    public static void Tick(MarketOracle market, HeardClock clock, PriceTicked happened, Timestamp time)
    {
        var (twin, now, tick) = (market.Price, clock.At(time), happened.Tick);
        market.Laws.Require(clock.IsRunning && twin.NextTick <= now, Law.PricesByTheRules, $"price {tick.Seq} came at {now} of market time and was due at {twin.NextTick}.");
        twin.Tick(now);
        var (price, bursting) = (tick.Price == twin.PriceInCoins && tick.Hype == twin.HypeInCoins, tick.Bursting == twin.Bursting);
        market.Laws.Require(tick.Seq == twin.Seq && price && bursting, Law.PricesByTheRules, $"price {tick.Seq} is {tick.Price} with hype {tick.Hype}; by the rules number {twin.Seq}, {twin.PriceInCoins} with {twin.HypeInCoins}.");
        market.Laws.Require(Math.Abs(tick.Forecast - twin.Forecast) < 1e-9 && happened.NextMs == twin.NextTick, Law.PricesByTheRules, $"price {tick.Seq}: forecast {tick.Forecast}, next {happened.NextMs}; by the rules {twin.Forecast}, {twin.NextTick}.");
        market.Ticks.Add(tick);
    }

    public static void Hear(MarketOracle market, HeardClock clock, HypeMoved happened, Timestamp time)
    {
        var twin = market.Price;
        var heard = market.Talk.TryDequeue(out var points) ? points : 0;
        market.Laws.Require(heard == happened.Points, Law.PricesByTheRules, $"the price heard {happened.Points} points; {heard} were told.");
        market.Coverage.See(Sight.TalkDuringBurst, twin.Bursting);
        var before = twin.Bursting;
        twin.Hear(happened.Points, clock.At(time));
        var begins = twin.Bursting && !before;
        market.Coverage.See(Sight.BurstBegan, begins);
        market.Laws.Require(
            happened.Hype == twin.HypeInCoins && happened.Burst == begins && (!begins || happened.NextMs == twin.NextStep),
            Law.PricesByTheRules, $"{heard} points make the hype {happened.Hype}, burst {happened.Burst}; by the rules {twin.HypeInCoins}, {begins}.");
    }

    public static void Step(MarketOracle market, HeardClock clock, BurstStepped happened, Timestamp time)
    {
        var (twin, now) = (market.Price, clock.At(time));
        market.Laws.Require(clock.IsRunning && twin.Bursting && twin.NextStep <= now, Law.PricesByTheRules, $"step {happened.Step} of a burst came at {now} of market time.");
        if (!twin.Bursting) { return; }
        twin.Step(now);
        market.Laws.Require(
            happened.Hype == twin.HypeInCoins && happened.Last == !twin.Bursting && (happened.Last || happened.NextMs == twin.NextStep),
            Law.PricesByTheRules, $"step {happened.Step} of a burst leaves {happened.Hype} of hype; by the rules {twin.HypeInCoins}.");
        market.Coverage.See(happened.Last ? Sight.BurstOver : Sight.BurstStepped);
    }

    public static void Post(MarketOracle market, bool running, Gibb gibb, Timestamp time)
    {
        var by = market.Gibber.Post(gibb.Author, gibb.Text, running, time);
        market.Laws.Require(by == gibb, Law.PricesByTheRules, $"{gibb}; by the rules {by}.");
        if (gibb.Counted && gibb.Points != 0) { market.Talk.Enqueue(gibb.Points); }
        market.Coverage.See(gibb.Reason switch
        {
            NotCounted.OffTopic => Sight.GibbOffTopic,
            NotCounted.Repeated => Sight.GibbRepeated,
            NotCounted.TooMany => Sight.GibbTooMany,
            NotCounted.MarketClosed => Sight.GibbWhileClosed,
            _ => Sight.GibbCounted,
        });
    }
}
